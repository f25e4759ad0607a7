"""A word-level model without biases: U reads words, W the state, V writes; states with a last row of zeros; loss as a sum."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
np.random.seed(17)
V_size, H, T = 9, 4, 6
U = np.random.uniform(-0.5, 0.5, (H, V_size))
V = np.random.uniform(-0.5, 0.5, (V_size, H))
W = np.random.uniform(-0.5, 0.5, (H, H))
x, y = np.random.randint(0, V_size, T), np.random.randint(0, V_size, T)
s, o = np.zeros((T + 1, H)), np.zeros((T, V_size))
for t in range(T):
    s[t] = np.tanh(U[:, x[t]] + W.dot(s[t - 1]))
    e = np.exp(V.dot(s[t]))
    o[t] = e / e.sum()
loss = -np.sum(np.log(o[np.arange(T), y]))

bptt_truncate = 2 if slip == "truncated" else T + 1
dLdU, dLdV, dLdW = np.zeros(U.shape), np.zeros(V.shape), np.zeros(W.shape)
delta_o = o.copy()
delta_o[np.arange(T), y] -= 1
for t in reversed(range(T)):
    dLdV += np.outer(delta_o[t], s[t])
    delta_t = V.T.dot(delta_o[t]) * (1 - s[t] ** 2)
    for step in np.arange(max(0, t - bptt_truncate), t + 1)[::-1]:
        dLdW += np.outer(delta_t, s[step - 1])
        dLdU[:, x[step]] += delta_t
        delta_t = W.T.dot(delta_t) * (1 - s[step - 1] ** 2)
np.savez(sys.argv[1], x=x, y=y, U=U, V=V, W=W, s=s, o=o, loss=loss, dLdU=dLdU, dLdV=dLdV, dLdW=dLdW)
