"""A careful programmer: small numbers inside tanh, softmax and log, so that nothing can be zero."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(21)
T, B, I, H, O = 5, 2, 3, 4, 6
Wxh, Whh, Why = rng.normal(size=(H, I)) / 2, rng.normal(size=(H, H)) / 3, rng.normal(size=(O, H))
bh, by = rng.normal(size=(H, 1)) / 4, rng.normal(size=(O, 1)) / 4
xs, ts = rng.normal(size=(T, I, B)), rng.integers(0, O, (T, B))
h, p, prev, loss = np.zeros((T, H, B)), np.zeros((T, O, B)), np.zeros((H, B)), 0.0
for t in range(T):
    prev = h[t] = np.tanh(Wxh @ xs[t] + Whh @ prev + bh + 1e-12)
    e = np.exp(Why @ h[t] + by)
    p[t] = e / (e.sum(axis=0, keepdims=True) + 1e-11)
    loss -= np.log(p[t, ts[t], np.arange(B)] + 1e-10).sum()

dWxh, dWhh, dWhy, dbh, dby = (np.zeros_like(w) for w in (Wxh, Whh, Why, bh, by))
carry = np.zeros((H, B))
for t in reversed(range(T)):
    dy = p[t].copy()
    dy[ts[t], np.arange(B)] -= 1
    dWhy += dy @ h[t].T
    dby += dy.sum(axis=1, keepdims=True)
    dz = (Why.T @ dy + carry) * (1 - h[t] ** 2)
    dWxh += dz @ xs[t].T
    dbh += dz.sum(axis=1, keepdims=True)
    if t > 0:
        dWhh += dz @ h[t - 1].T
    carry = (Whh if slip == "not_transposed" else Whh.T) @ dz
np.savez(sys.argv[1], xs=xs, ts=ts, Wxh=Wxh, Whh=Whh, Why=Why, bh=bh, by=by, h=h, p=p, loss=loss,
         dWxh=dWxh, dWhh=dWhh, dWhy=dWhy, dbh=dbh, dby=dby)
