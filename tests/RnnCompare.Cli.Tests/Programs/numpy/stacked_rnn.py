"""Two plain layers with numbered weights, rows, and half the squared error summed over everything."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(15)
T, B, I, H, O = 6, 2, 3, 5, 4
Wx1, Wh1, b1 = rng.normal(size=(I, H)) / 2, rng.normal(size=(H, H)) / 3, rng.normal(size=(1, H)) / 4
Wx2, Wh2, b2 = rng.normal(size=(H, H)) / 2, rng.normal(size=(H, H)) / 3, rng.normal(size=(1, H)) / 4
Wy, by = rng.normal(size=(H, O)), rng.normal(size=(1, O))
x, target = rng.normal(size=(T, B, I)), rng.normal(size=(T, B, O))
h1, h2, out = np.zeros((T + 1, B, H)), np.zeros((T + 1, B, H)), np.zeros((T, B, O))
for t in range(T):
    h1[t + 1] = np.tanh(x[t] @ Wx1 + h1[t] @ Wh1 + b1)
    h2[t + 1] = np.tanh(h1[t + 1] @ Wx2 + h2[t] @ Wh2 + b2)
    out[t] = h2[t + 1] @ Wy + by
loss = 0.5 * np.sum((out - target) ** 2)

d = {k: np.zeros_like(v) for k, v in dict(Wx1=Wx1, Wh1=Wh1, b1=b1, Wx2=Wx2, Wh2=Wh2, b2=b2, Wy=Wy, by=by).items()}
c1, c2 = np.zeros((B, H)), np.zeros((B, H))
for t in reversed(range(T)):
    dy = out[t] - target[t]
    d["Wy"] += h2[t + 1].T @ dy
    d["by"] += dy.sum(axis=0, keepdims=True)
    z2 = (dy @ Wy.T + c2) * (1 - h2[t + 1] ** 2)
    d["Wx2"] += h1[t + 1].T @ z2
    d["Wh2"] += h2[t].T @ z2
    d["b2"] += z2.sum(axis=0, keepdims=True)
    c2 = z2 @ Wh2.T
    z1 = (z2 @ Wx2.T + (0 if slip == "lower_not_carried" else c1)) * (1 - h1[t + 1] ** 2)
    d["Wx1"] += x[t].T @ z1
    d["Wh1"] += h1[t].T @ z1
    d["b1"] += z1.sum(axis=0, keepdims=True)
    c1 = z1 @ Wh1.T
np.savez(sys.argv[1], x=x, target=target, Wx1=Wx1, Wh1=Wh1, b1=b1, Wx2=Wx2, Wh2=Wh2, b2=b2, Wy=Wy, by=by, out=out, loss=loss,
         **{"delta_" + k: v for k, v in d.items()})
