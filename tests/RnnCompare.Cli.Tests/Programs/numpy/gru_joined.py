"""A GRU with one matrix a gate over [x, h], rows, the batch first, and h = z ⊙ h + (1 − z) ⊙ n."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(13)
B, T, D, H, C = 3, 4, 5, 6, 4
Wz, Wr, Wh = (rng.normal(size=(D + H, H)) / 2 for _ in range(3))
bz, br, bh = (rng.normal(size=H) / 4 for _ in range(3))
V, c = rng.normal(size=(H, C)) / 2, rng.normal(size=C) / 4
X, Y = rng.normal(size=(B, T, D)), np.eye(C)[rng.integers(0, C, (B, T))]


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


h, tape, Y_hat = np.zeros((B, H)), [], np.zeros((B, T, C))
for t in range(T):
    xh = np.concatenate([X[:, t], h], axis=1)
    z, r = sigmoid(xh @ Wz + bz), sigmoid(xh @ Wr + br)
    xrh = np.concatenate([X[:, t], r * h], axis=1)
    n = np.tanh(xrh @ Wh + bh)
    h_prev, h = h, z * h + (1 - z) * n
    o = h @ V + c
    Y_hat[:, t] = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)
    tape.append((xh, xrh, h_prev, z, r, n, h))
loss = -np.sum(Y * np.log(Y_hat)) / (B * T)

dWz, dWr, dWh, dbz, dbr, dbh, dV, dc = (np.zeros_like(w) for w in (Wz, Wr, Wh, bz, br, bh, V, c))
dh_next = np.zeros((B, H))
for t in reversed(range(T)):
    xh, xrh, h_prev, z, r, n, h = tape[t]
    do = (Y_hat[:, t] - Y[:, t]) / (B * T)
    dV += h.T @ do
    dc += do.sum(axis=0)
    dh = do @ V.T + dh_next
    dn = dh * (1 - z) * (1 - n ** 2)
    dz = dh * (h_prev - n) * z * (1 - z)
    if slip == "update_gate_sign":
        dz = -dz
    dxrh = dn @ Wh.T
    dr = dxrh[:, D:] * h_prev * r * (1 - r)
    dWz, dWr, dWh = dWz + xh.T @ dz, dWr + xh.T @ dr, dWh + xrh.T @ dn
    dbz, dbr, dbh = dbz + dz.sum(axis=0), dbr + dr.sum(axis=0), dbh + dn.sum(axis=0)
    dh_next = dh * z + dxrh[:, D:] * r + (dz @ Wz.T + dr @ Wr.T)[:, D:]
np.savez(sys.argv[1], X=X, Y=Y, Wz=Wz, Wr=Wr, Wh=Wh, bz=bz, br=br, bh=bh, V=V, c=c, Y_hat=Y_hat, loss=loss,
         dL_dWz=dWz, dL_dWr=dWr, dL_dWh=dWh, dL_dbz=dbz, dL_dbr=dbr, dL_dbh=dbh, dL_dV=dV, dL_dc=dc)
