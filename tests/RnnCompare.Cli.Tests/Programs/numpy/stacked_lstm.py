"""Two LSTM layers kept in a list, joined matrices W (D + H, 4H) with gates i, f, g, o, and a class for each sequence."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(16)
B, T, D, H, C = 3, 4, 5, 4, 6


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


layers = [dict(W=rng.normal(size=(n + H, 4 * H)) / 2, b=rng.normal(size=4 * H) / 4) for n in (D, H)]
out = dict(W=rng.normal(size=(H, C)), b=rng.normal(size=C))
x, y_true = rng.normal(size=(B, T, D)), rng.integers(0, C, B)
seq, tapes = x, []
for layer in layers:
    h, c, tape, hs = np.zeros((B, H)), np.zeros((B, H)), [], np.zeros((B, T, H))
    for t in range(T):
        xh = np.hstack([seq[:, t], h])
        a = xh @ layer["W"] + layer["b"]
        i, f, g, o = sigmoid(a[:, :H]), sigmoid(a[:, H:2 * H]), np.tanh(a[:, 2 * H:3 * H]), sigmoid(a[:, 3 * H:])
        c_old, c = c, f * c + i * g
        h = o * np.tanh(c)
        tape.append((xh, i, f, g, o, c_old, c))
        hs[:, t] = h
    tapes.append(tape)
    seq = hs
logits = seq[:, -1] @ out["W"] + out["b"]
probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
loss = np.mean(-np.log(probs[np.arange(B), y_true]))

dlogits = probs.copy()
dlogits[np.arange(B), y_true] -= 1
dlogits /= B
saved = {"out.grad.W": seq[:, -1].T @ dlogits, "out.grad.b": dlogits.sum(axis=0)}
dseq = np.zeros((B, T, H))
dseq[:, -1] = dlogits @ out["W"].T
for k in (1, 0):
    W, n = layers[k]["W"], layers[k]["W"].shape[0] - H
    dW, db, dx = np.zeros_like(W), np.zeros(4 * H), np.zeros((B, T, n))
    dh, dc = np.zeros((B, H)), np.zeros((B, H))
    for t in reversed(range(T)):
        xh, i, f, g, o, c_old, c = tapes[k][t]
        dht = dseq[:, t] + dh
        dc = dc + dht * o * (1 - np.tanh(c) ** 2)
        da = np.hstack([dc * g * i * (1 - i), dc * c_old * f * (1 - f), dc * i * (1 - g ** 2), dht * np.tanh(c) * o * (1 - o)])
        dW, db = (xh.T @ da if slip == "assigned" and k == 0 else dW + xh.T @ da), db + da.sum(axis=0)
        dxh = da @ W.T
        dx[:, t], dh, dc = dxh[:, :n], dxh[:, n:], dc * f
    saved[f"l{k}.grad.W"], saved[f"l{k}.grad.b"] = dW, db
    dseq = dx
np.savez(sys.argv[1], x=x, y_true=y_true, logits=logits, loss=loss, **{f"l{k}.{n}": v for k, p in enumerate(layers) for n, v in p.items()},
         **{f"out.{n}": v for n, v in out.items()}, **saved)
