"""A tagger that reads a sentence from both ends: two plain networks and one output layer over [forward, backward]."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(14)
T, B, I, H, O = 5, 2, 4, 3, 6
x, targets = rng.normal(size=(T, B, I)), rng.integers(0, O, (T, B))
Wxh_f, Whh_f, bh_f = rng.normal(size=(H, I)) / 2, rng.normal(size=(H, H)) / 2, rng.normal(size=H) / 4
Wxh_b, Whh_b, bh_b = rng.normal(size=(H, I)) / 2, rng.normal(size=(H, H)) / 2, rng.normal(size=H) / 4
Why, by = rng.normal(size=(O, 2 * H)) / 2, rng.normal(size=O) / 4


def run(order, Wxh, Whh, bh):
    h, states = np.zeros((B, H)), np.zeros((T, B, H))
    for t in order:
        h = states[t] = np.tanh(x[t] @ Wxh.T + h @ Whh.T + bh)
    return states


def back(order, states, dh, Wxh, Whh):
    dWxh, dWhh, db, carry = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros(H), np.zeros((B, H))
    for k in reversed(range(T)):
        t = order[k]
        dz = (dh[t] + carry) * (1 - states[t] ** 2)
        before = states[order[k - 1]] if k > 0 else np.zeros((B, H))
        dWxh, dWhh, db = dWxh + dz.T @ x[t], dWhh + dz.T @ before, db + dz.sum(axis=0)
        carry = dz @ Whh
    return dWxh, dWhh, db


ahead, backwards = list(range(T)), list(reversed(range(T)))
hf, hb = run(ahead, Wxh_f, Whh_f, bh_f), run(backwards, Wxh_b, Whh_b, bh_b)
h = np.concatenate([hf, hb], axis=2)
logits = h @ Why.T + by
p = np.exp(logits)
p /= p.sum(axis=2, keepdims=True)
tt, bb = np.indices((T, B))
loss = -np.log(p[tt, bb, targets]).mean()
dy = p.copy()
dy[tt, bb, targets] -= 1
dy /= T * B
dWhy, dby, dh = np.einsum("tbo,tbh->oh", dy, h), dy.sum(axis=(0, 1)), dy @ Why
dWxh_f, dWhh_f, dbh_f = back(ahead, hf, dh[:, :, :H], Wxh_f, Whh_f)
dWxh_b, dWhh_b, dbh_b = back(backwards, hb, dh[:, :, (0 if slip == "wrong_half" else H):][:, :, :H], Wxh_b, Whh_b)
np.savez(sys.argv[1], x=x, targets=targets, Wxh_f=Wxh_f, Whh_f=Whh_f, bh_f=bh_f, Wxh_b=Wxh_b, Whh_b=Whh_b, bh_b=bh_b, Why=Why, by=by,
         h=h, loss=loss, dWxh_f=dWxh_f, dWhh_f=dWhh_f, dbh_f=dbh_f, dWxh_b=dWxh_b, dWhh_b=dWhh_b, dbh_b=dbh_b, dWhy=dWhy, dby=dby)
