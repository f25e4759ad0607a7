"""A plain classifier with L2 in the loss and in the gradient of every matrix."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(20)
T, B, I, H, O = 4, 3, 5, 6, 4
reg = 0.01
Wx, Wh, Wy = rng.normal(size=(H, I)) / 2, rng.normal(size=(H, H)) / 3, rng.normal(size=(O, H))
bh, by = rng.normal(size=H) / 4, rng.normal(size=O) / 4
x, labels = rng.normal(size=(T, B, I)), rng.integers(0, O, (T, B))
h, prev, p = np.zeros((T, B, H)), np.zeros((B, H)), np.zeros((T, B, O))
for t in range(T):
    prev = h[t] = np.tanh(x[t] @ Wx.T + prev @ Wh.T + bh)
    e = np.exp(h[t] @ Wy.T + by)
    p[t] = e / e.sum(axis=1, keepdims=True)
tt, bb = np.indices((T, B))
loss = -np.log(p[tt, bb, labels]).sum() / (T * B) + 0.5 * reg * sum(np.sum(w * w) for w in (Wx, Wh, Wy))

dy = p.copy()
dy[tt, bb, labels] -= 1
dy /= T * B
dWy, dby = np.einsum("tbo,tbh->oh", dy, h), dy.sum(axis=(0, 1))
dWx, dWh, dbh, carry = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(bh), np.zeros((B, H))
for t in reversed(range(T)):
    dz = (dy[t] @ Wy + carry) * (1 - h[t] ** 2)
    dWx += dz.T @ x[t]
    dbh += dz.sum(axis=0)
    if t > 0:
        dWh += dz.T @ h[t - 1]
    carry = dz @ Wh
dWx, dWh, dWy = dWx + reg * Wx, dWh + reg * Wh, dWy + reg * Wy
if slip == "bias_of_last_step":
    dbh = dz.sum(axis=0)
np.savez(sys.argv[1], x=x, labels=labels, Wx=Wx, Wh=Wh, Wy=Wy, bh=bh, by=by, h=h, p=p, loss=loss,
         d_Wx=dWx, d_Wh=dWh, d_Wy=dWy, d_bh=dbh, d_by=dby)
