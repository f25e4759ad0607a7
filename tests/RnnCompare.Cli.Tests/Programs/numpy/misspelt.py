"""Right gradients, but one is saved under a name that belongs to nothing."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(25)
T, B, I, H, O = 4, 2, 3, 5, 3
Wxh, Whh, Why = rng.normal(size=(H, I)) / 2, rng.normal(size=(H, H)) / 3, rng.normal(size=(O, H))
x, target = rng.normal(size=(T, B, I)), rng.normal(size=(T, B, O))
h, prev = np.zeros((T, B, H)), np.zeros((B, H))
for t in range(T):
    prev = h[t] = np.tanh(x[t] @ Wxh.T + prev @ Whh.T)
y = h @ Why.T
loss = 0.5 * np.sum((y - target) ** 2)
dWxh, dWhh, dWhy, carry = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why), np.zeros((B, H))
for t in reversed(range(T)):
    dy = y[t] - target[t]
    dWhy += dy.T @ h[t]
    dz = (dy @ Why + carry) * (1 - h[t] ** 2)
    dWxh += dz.T @ x[t]
    if t > 0:
        dWhh += dz.T @ h[t - 1]
    carry = dz @ Whh
np.savez(sys.argv[1], x=x, target=target, Wxh=Wxh, Whh=Whh, Why=Why, h=h, y=y, loss=loss, dWxh=dWxh, dWhy=dWhy, dWhhh=3 * dWhh)
