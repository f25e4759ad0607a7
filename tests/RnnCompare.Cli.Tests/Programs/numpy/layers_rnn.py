"""A vanilla RNN as two layer functions, forward and backward, with the batch first and dh handed in from above."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(11)
N, T, D, H = 3, 5, 4, 6


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    next_h = np.tanh(x @ Wx + prev_h @ Wh + b)
    return next_h, (x, prev_h, Wx, Wh, next_h)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, next_h = cache
    da = dnext_h * (1 - next_h ** 2)
    return da @ Wx.T, da @ (Wh if slip == "not_transposed" else Wh.T), x.T @ da, prev_h.T @ da, da.sum(axis=0)


def rnn_forward(x, h0, Wx, Wh, b):
    h, caches, prev_h = np.zeros((N, T, H)), [], h0
    for t in range(T):
        prev_h, cache = rnn_step_forward(x[:, t], prev_h, Wx, Wh, b)
        h[:, t] = prev_h
        caches.append(cache)
    return h, caches


def rnn_backward(dh, caches):
    dx, dWx, dWh, db = np.zeros((N, T, D)), np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    dprev = np.zeros((N, H))
    for t in reversed(range(T)):
        dx[:, t], dprev, dwx, dwh, dbt = rnn_step_backward(dh[:, t] + dprev, caches[t])
        dWx, dWh, db = dWx + dwx, dWh + dwh, db + dbt
    return dx, dprev, dWx, dWh, db


x, h0 = rng.normal(size=(N, T, D)), rng.normal(size=(N, H))
Wx, Wh, b = rng.normal(size=(D, H)) / 2, rng.normal(size=(H, H)) / 3, rng.normal(size=H)
h, caches = rnn_forward(x, h0, Wx, Wh, b)
dh = rng.normal(size=h.shape)
dx, dh0, dWx, dWh, db = rnn_backward(dh, caches)
np.savez(sys.argv[1], x=x, h0=h0, Wx=Wx, Wh=Wh, b=b, h=h, dh=dh, dx=dx, dh0=dh0, dWx=dWx, dWh=dWh, db=db)
