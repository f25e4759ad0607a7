"""A language model of time layers in float32: embedding, LSTM with gates f, g, i, o, affine, softmax with loss as a mean."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
np.random.seed(7)
N, T, V, D, H = 3, 4, 9, 5, 6
embed_W = (np.random.randn(V, D) / 2).astype("f")
lstm_Wx, lstm_Wh = (np.random.randn(D, 4 * H) / np.sqrt(D)).astype("f"), (np.random.randn(H, 4 * H) / np.sqrt(H)).astype("f")
lstm_b = np.zeros(4 * H).astype("f")
affine_W, affine_b = (np.random.randn(H, V) / np.sqrt(H)).astype("f"), np.zeros(V).astype("f")
xs, ts = np.random.randint(0, V, (N, T)), np.random.randint(0, V, (N, T))


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


vectors = embed_W[xs]
hs, caches = np.empty((N, T, H), dtype="f"), []
h, c = np.zeros((N, H), dtype="f"), np.zeros((N, H), dtype="f")
for t in range(T):
    A = np.dot(vectors[:, t], lstm_Wx) + np.dot(h, lstm_Wh) + lstm_b
    f, g, i, o = sigmoid(A[:, :H]), np.tanh(A[:, H:2 * H]), sigmoid(A[:, 2 * H:3 * H]), sigmoid(A[:, 3 * H:])
    c_prev, c = c, f * c + g * i
    caches.append((h, c_prev, f, g, i, o, c))
    h = o * np.tanh(c)
    hs[:, t] = h
score = (hs.reshape(N * T, -1) @ affine_W + affine_b).reshape(N, T, V)
y = np.exp(score - score.max(axis=2, keepdims=True))
y /= y.sum(axis=2, keepdims=True)
flat = y.reshape(N * T, V)
loss = -np.log(flat[np.arange(N * T), ts.ravel()]).sum() / (N * T)

dscore = flat.copy()
dscore[np.arange(N * T), ts.ravel()] -= 1
dscore /= N * T
daffine_W, daffine_b = hs.reshape(N * T, H).T @ dscore, dscore.sum(axis=0)
dhs = (dscore @ affine_W.T).reshape(N, T, H)
dlstm_Wx, dlstm_Wh, dlstm_b = np.zeros_like(lstm_Wx), np.zeros_like(lstm_Wh), np.zeros_like(lstm_b)
dxs, dh, dc = np.empty_like(vectors), np.zeros((N, H), dtype="f"), np.zeros((N, H), dtype="f")
for t in reversed(range(T)):
    h_prev, c_prev, f, g, i, o, c_next = caches[t]
    tanh_c = np.tanh(c_next)
    dh_next = dhs[:, t] + dh
    ds = dc + dh_next * o * (1 - tanh_c ** 2)
    dA = np.hstack((ds * c_prev * f * (1 - f), ds * i * (1 - g ** 2), ds * g * i * (1 - i), dh_next * tanh_c * o * (1 - o)))
    dlstm_Wh, dlstm_Wx, dlstm_b = dlstm_Wh + h_prev.T @ dA, dlstm_Wx + vectors[:, t].T @ dA, dlstm_b + dA.sum(axis=0)
    if slip == "one_step_bias":
        dlstm_b = dA.sum(axis=0)
    dxs[:, t], dh, dc = dA @ lstm_Wx.T, dA @ lstm_Wh.T, ds * f
dembed_W = np.zeros_like(embed_W)
np.add.at(dembed_W, xs, dxs)
np.savez(sys.argv[1], xs=xs, ts=ts, embed_W=embed_W, lstm_Wx=lstm_Wx, lstm_Wh=lstm_Wh, lstm_b=lstm_b, affine_W=affine_W,
         affine_b=affine_b, hs=hs, loss=loss, dembed_W=dembed_W, dlstm_Wx=dlstm_Wx, dlstm_Wh=dlstm_Wh, dlstm_b=dlstm_b,
         daffine_W=daffine_W, daffine_b=daffine_b)
