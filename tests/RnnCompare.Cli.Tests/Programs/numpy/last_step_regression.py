"""The sum of a sequence, guessed at its last step: a plain network and a mean squared error without one half."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(18)
B, T, I, H = 5, 4, 2, 3
X = rng.normal(size=(B, T, I))
y = X.sum(axis=(1, 2))[:, None]
W_in, W_rec, b_rec = rng.normal(size=(I, H)) / 2, rng.normal(size=(H, H)) / 2, np.zeros(H)
W_out, b_out = rng.normal(size=(H, 1)), np.zeros(1)
states = np.zeros((B, T, H))
h = np.zeros((B, H))
for t in range(T):
    h = np.tanh(X[:, t] @ W_in + h @ W_rec + b_rec)
    states[:, t] = h
y_hat = h @ W_out + b_out
loss = np.mean((y_hat - y) ** 2)

dy = 2 * (y_hat - y) / B
gW_out, gb_out = h.T @ dy, dy.sum(axis=0)
gW_in, gW_rec, gb_rec = np.zeros_like(W_in), np.zeros_like(W_rec), np.zeros_like(b_rec)
dh = dy @ W_out.T
for t in reversed(range(T)):
    dz = dh * (1 - states[:, t] ** 2)
    gW_in += X[:, t].T @ dz
    gb_rec += dz.sum(axis=0)
    if t > 0 and slip != "recurrent_last_missing":
        gW_rec += states[:, t - 1].T @ dz
    if t > 1 and slip == "recurrent_last_missing":
        gW_rec += states[:, t - 1].T @ dz
    dh = dz @ W_rec.T
np.savez(sys.argv[1], X=X, y=y, W_in=W_in, W_rec=W_rec, b_rec=b_rec, W_out=W_out, b_out=b_out, y_hat=y_hat, loss=loss,
         gW_in=gW_in, gW_rec=gW_rec, gb_rec=gb_rec, gW_out=gW_out, gb_out=gb_out)
