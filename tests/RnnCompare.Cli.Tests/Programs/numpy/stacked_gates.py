"""An LSTM whose gates are an axis: W (4, H, I), U (4, H, H), b (4, H), order f, i, o, c; one sequence, a sum of squares."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(23)
T, I, H, O = 6, 3, 5, 2
W, U, b = rng.normal(size=(4, H, I)) / 2, rng.normal(size=(4, H, H)) / 2, rng.normal(size=(4, H)) / 4
Wy, by = rng.normal(size=(O, H)), rng.normal(size=O)
x, target = rng.normal(size=(T, I)), rng.normal(size=(T, O))


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


h, c, tape, y = np.zeros(H), np.zeros(H), [], np.zeros((T, O))
for t in range(T):
    a = W @ x[t] + U @ h + b
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    tape.append((h, c, f, i, o, g))
    c = f * c + i * g
    h = o * np.tanh(c)
    y[t] = Wy @ h + by
loss = np.sum((y - target) ** 2)

dW, dU, db, dWy, dby = (np.zeros_like(w) for w in (W, U, b, Wy, by))
dh, dc = np.zeros(H), np.zeros(H)
for t in reversed(range(T)):
    h_prev, c_prev, f, i, o, g = tape[t]
    c = f * c_prev + i * g
    dy = 2 * (y[t] - target[t])
    dWy += np.outer(dy, o * np.tanh(c))
    dby += dy
    dh = dh + Wy.T @ dy
    dc = dc + dh * o * (1 - np.tanh(c) ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dh * np.tanh(c) * o * (1 - o), dc * i * (1 - g ** 2)])
    dW += da[:, :, None] * x[t]
    dU += da[:, :, None] * (0 * h_prev + h_prev if slip is None else h)
    db += da
    dh, dc = np.einsum("ghk,gh->k", U, da), dc * f
    h = h_prev
np.savez(sys.argv[1], x=x, target=target, W=W, U=U, b=b, Wy=Wy, by=by, y=y, loss=loss,
         dW=dW, dU=dU, db=db, dWy=dWy, dby=dby)
