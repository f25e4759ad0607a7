"""A GRU the way libraries compute it: the reset after the product, a bias inside it, the batch first, last state only."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(10)
B, T, I, H, O = 4, 5, 3, 6, 2
W_ir, W_iz, W_in = (rng.normal(size=(H, I)) / 2 for _ in range(3))
W_hr, W_hz, W_hn = (rng.normal(size=(H, H)) / 2 for _ in range(3))
b_ir, b_iz, b_in, b_hr, b_hz, b_hn = (rng.normal(size=H) / 4 for _ in range(6))
fc_W, fc_b = rng.normal(size=(O, H)), rng.normal(size=O)
x, labels = rng.normal(size=(B, T, I)), rng.integers(0, O, B)


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


h, tape = np.zeros((B, H)), []
for t in range(T):
    xt = x[:, t]
    r = sigmoid(xt @ W_ir.T + b_ir + h @ W_hr.T + b_hr)
    z = sigmoid(xt @ W_iz.T + b_iz + h @ W_hz.T + b_hz)
    m = h @ W_hn.T + b_hn
    n = np.tanh(xt @ W_in.T + b_in + r * m)
    tape.append((xt, h, r, z, m, n))
    h = (1 - z) * n + z * h
logits = h @ fc_W.T + fc_b
probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
loss = -np.log(probs[np.arange(B), labels]).mean()

dlogits = probs.copy()
dlogits[np.arange(B), labels] -= 1
dlogits /= B
if slip == "not_averaged":
    dlogits *= B
g = {k: 0 for k in "W_ir W_iz W_in W_hr W_hz W_hn b_ir b_iz b_in b_hr b_hz b_hn".split()}
g["fc_W"], g["fc_b"] = dlogits.T @ h, dlogits.sum(axis=0)
dh = dlogits @ fc_W
for xt, hp, r, z, m, n in reversed(tape):
    dn = dh * (1 - z) * (1 - n ** 2)
    dz = dh * (hp - n) * z * (1 - z)
    dr = dn * m * r * (1 - r)
    for gate, dx_part, dh_part in (("r", dr, dr), ("z", dz, dz), ("n", dn, dn * r)):
        g["W_i" + gate] = g["W_i" + gate] + dx_part.T @ xt
        g["W_h" + gate] = g["W_h" + gate] + dh_part.T @ hp
        g["b_i" + gate] = g["b_i" + gate] + dx_part.sum(axis=0)
        g["b_h" + gate] = g["b_h" + gate] + dh_part.sum(axis=0)
    dh = dh * z + dr @ W_hr + dz @ W_hz + (dn * r) @ W_hn
np.savez(sys.argv[1], x=x, labels=labels, W_ir=W_ir, W_iz=W_iz, W_in=W_in, W_hr=W_hr, W_hz=W_hz, W_hn=W_hn, b_ir=b_ir, b_iz=b_iz,
         b_in=b_in, b_hr=b_hr, b_hz=b_hz, b_hn=b_hn, fc_W=fc_W, fc_b=fc_b, logits=logits, loss=loss, **{k + "_grad": v for k, v in g.items()})
