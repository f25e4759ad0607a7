"""Only the weights before and after one step of gradient descent are kept."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(19)
T, B, I, H, O = 5, 3, 4, 6, 2
learning_rate = 0.05
Wxh, Whh, Why = rng.normal(size=(I, H)) / 2, rng.normal(size=(H, H)) / 3, rng.normal(size=(H, O))
bh, by = rng.normal(size=H) / 4, rng.normal(size=O) / 4
x, target = rng.normal(size=(T, B, I)), rng.normal(size=(T, B, O))
hs, prev = np.zeros((T, B, H)), np.zeros((B, H))
for t in range(T):
    prev = hs[t] = np.tanh(x[t] @ Wxh + prev @ Whh + bh)
y_pred = hs @ Why + by
loss = 0.5 * np.sum((y_pred - target) ** 2) / B

dWxh, dWhh, dWhy, dbh, dby = (np.zeros_like(w) for w in (Wxh, Whh, Why, bh, by))
carry = np.zeros((B, H))
for t in reversed(range(T)):
    dy = (y_pred[t] - target[t]) / B
    dWhy += hs[t].T @ dy
    dby += dy.sum(axis=0)
    dz = (dy @ Why.T + carry) * (1 - hs[t] ** 2)
    dWxh += x[t].T @ dz
    dbh += dz.sum(axis=0)
    if t > 0:
        dWhh += hs[t - 1].T @ dz
    carry = np.zeros((B, H)) if slip == "not_carried" else dz @ Whh.T
np.savez(sys.argv[1], x=x, target=target, y_pred=y_pred, loss=loss, learning_rate=learning_rate, Wxh=Wxh, Whh=Whh, Why=Why, bh=bh, by=by,
         Wxh_new=Wxh - learning_rate * dWxh, Whh_new=Whh - learning_rate * dWhh, Why_new=Why - learning_rate * dWhy,
         bh_new=bh - learning_rate * dbh, by_new=by - learning_rate * dby)
