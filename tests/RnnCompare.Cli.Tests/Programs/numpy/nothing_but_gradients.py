"""A GRU that keeps its weights, its inputs and the gradients for a given dh, and no state: the gradients alone must tell."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(24)
T, B, I, H = 4, 3, 5, 2
Wx, Wh, b = rng.normal(size=(I, 3 * H)) / 2, rng.normal(size=(H, 3 * H)) / 2, rng.normal(size=3 * H) / 4
x, dh_out = rng.normal(size=(T, B, I)), rng.normal(size=(T, B, H))


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


h, tape = np.zeros((B, H)), []
for t in range(T):
    r = sigmoid(x[t] @ Wx[:, :H] + h @ Wh[:, :H] + b[:H])
    z = sigmoid(x[t] @ Wx[:, H:2 * H] + h @ Wh[:, H:2 * H] + b[H:2 * H])
    n = np.tanh(x[t] @ Wx[:, 2 * H:] + (r * h) @ Wh[:, 2 * H:] + b[2 * H:])
    tape.append((h, r, z, n))
    h = (1 - z) * n + z * h
dWx, dWh, db, carry = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b), np.zeros((B, H))
for t in reversed(range(T)):
    hp, r, z, n = tape[t]
    dh = dh_out[t] + carry
    dn, dz = dh * (1 - z) * (1 - n ** 2), dh * (hp - n) * z * (1 - z)
    drh = dn @ Wh[:, 2 * H:].T
    dr = drh * hp * r * (1 - r)
    d = np.hstack([dr, dz, dn])
    dWx += x[t].T @ d
    dWh += np.hstack([hp.T @ dr, hp.T @ dz, (r * hp).T @ dn])
    db += d.sum(axis=0)
    carry = dh * z + drh * r + dr @ Wh[:, :H].T + dz @ Wh[:, H:2 * H].T
if slip == "averaged":
    dWx, dWh, db = dWx / B, dWh / B, db / B
np.savez(sys.argv[1], x=x, dh=dh_out, Wx=Wx, Wh=Wh, b=b, dWx=dWx, dWh=dWh, db=db)
