"""Captions from an LSTM: word vectors, joined gates in the order i, f, o, g, scores at every step, padding that a mask leaves out.

The loss is summed over time and averaged over the minibatch.
"""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(12)
N, T, V, D, H = 3, 5, 8, 4, 6
NULL = 0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


captions = rng.integers(1, V, (N, T + 1))
captions[1, 4:] = NULL
captions[2, 5:] = NULL
captions_in, captions_out = captions[:, :-1], captions[:, 1:]
mask = captions_out != NULL
W_embed = rng.normal(size=(V, D))
Wx, Wh, b = rng.normal(size=(D, 4 * H)) / 2, rng.normal(size=(H, 4 * H)) / 3, rng.normal(size=4 * H) / 5
W_vocab, b_vocab = rng.normal(size=(H, V)) / 2, rng.normal(size=V) / 5
h0 = rng.normal(size=(N, H)) / 2

x = W_embed[captions_in]
h, caches = np.zeros((N, T, H)), []
prev_h, prev_c = h0, np.zeros((N, H))
for t in range(T):
    a = x[:, t] @ Wx + prev_h @ Wh + b
    i, f, o, g = sigmoid(a[:, :H]), sigmoid(a[:, H:2 * H]), sigmoid(a[:, 2 * H:3 * H]), np.tanh(a[:, 3 * H:])
    c = f * prev_c + i * g
    caches.append((prev_h, prev_c, i, f, o, g, np.tanh(c)))
    prev_h, prev_c = o * np.tanh(c), c
    h[:, t] = prev_h

scores = h @ W_vocab + b_vocab
probs = np.exp(scores - scores.max(axis=2, keepdims=True))
probs /= probs.sum(axis=2, keepdims=True)
n, s = np.arange(N)[:, None], np.arange(T)[None]
loss = -np.sum(mask * np.log(probs[n, s, captions_out])) / N

dscores = probs.copy()
dscores[n, s, captions_out] -= 1
dscores /= N
dscores *= mask[:, :, None]
flat = dscores.reshape(-1, V)
dW_vocab, db_vocab = h.reshape(-1, H).T @ flat, flat.sum(axis=0)
dh = dscores @ W_vocab.T
dWx, dWh, db, dx = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b), np.zeros_like(x)
dnext_h, dnext_c = np.zeros((N, H)), np.zeros((N, H))
for t in reversed(range(T)):
    prev_h, prev_c, i, f, o, g, tc = caches[t]
    dht = dh[:, t] + dnext_h
    dc = dnext_c + dht * o * (1 - tc ** 2)
    if slip == "cell_not_carried":
        dc = dht * o * (1 - tc ** 2)
    da = np.hstack([dc * g * i * (1 - i), dc * prev_c * f * (1 - f), dht * tc * o * (1 - o), dc * i * (1 - g ** 2)])
    dx[:, t], dnext_h, dnext_c = da @ Wx.T, da @ Wh.T, dc * f
    dWx, dWh, db = dWx + x[:, t].T @ da, dWh + prev_h.T @ da, db + da.sum(axis=0)
dW_embed = np.zeros_like(W_embed)
if slip == "embedding_overwritten":
    dW_embed[captions_in] += dx
else:
    np.add.at(dW_embed, captions_in, dx)

np.savez(sys.argv[1], captions_in=captions_in, captions_out=captions_out, mask=mask, h0=h0, W_embed=W_embed, Wx=Wx, Wh=Wh, b=b,
         W_vocab=W_vocab, b_vocab=b_vocab, h=h, loss=loss, dW_embed=dW_embed, dWx=dWx, dWh=dWh, db=db, dW_vocab=dW_vocab,
         db_vocab=db_vocab, dh0=dnext_h)
