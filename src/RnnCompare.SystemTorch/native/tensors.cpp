// What is no operator: tensors over managed memory, their metadata, and autograd's entry points.
#include "shim.h"

#include <ATen/Functions.h>
#include <torch/csrc/autograd/autograd.h>

namespace shim {

thread_local std::string error;
std::atomic<int64_t> live_handles{0};

}  // namespace shim

using shim::Handle;

namespace {

struct Info {
    const int64_t* sizes;
    const int64_t* strides;
    void* data;
    int64_t dimensions;
    int64_t elements;
    int32_t scalar_type;
    int32_t requires_grad;
};

}  // namespace

// Shares `data`: `release(context)` is called when the last tensor over it is gone.
SHIM_EXPORT Handle tensor_over(void* data, const int64_t* sizes, int64_t dimensions, int32_t scalar_type, void* context,
                               void (*release)(void*)) {
    return shim::guarded<Handle>(nullptr, [&] {
        return shim::give(at::from_blob(
            data, c10::IntArrayRef(sizes, dimensions), [context, release](void*) { release(context); },
            at::TensorOptions().dtype(static_cast<at::ScalarType>(scalar_type))));
    });
}

SHIM_EXPORT void tensor_release(Handle handle) {
    shim::live_handles.fetch_sub(1, std::memory_order_relaxed);
    c10::raw::intrusive_ptr::decref(handle);
}

// A second handle to the same tensor.
SHIM_EXPORT Handle tensor_alias(Handle handle) {
    return shim::give(shim::borrow(handle));
}

// Pointers in `info` hold as long as the tensor lives and keeps its size.
SHIM_EXPORT int32_t tensor_info(Handle handle, Info* info) {
    return shim::guarded<int32_t>(-1, [&] {
        const at::Tensor tensor = shim::borrow(handle);
        *info = {tensor.sizes().data(), tensor.strides().data(), tensor.data_ptr(), tensor.dim(), tensor.numel(),
                 static_cast<int32_t>(tensor.scalar_type()), tensor.requires_grad()};
        return 0;
    });
}

SHIM_EXPORT Handle tensor_grad(Handle handle) {
    return shim::guarded<Handle>(nullptr, [&] { return shim::give(at::Tensor(shim::borrow(handle).grad())); });
}

SHIM_EXPORT int32_t tensor_set_grad(Handle handle, Handle grad) {
    return shim::guarded<int32_t>(-1, [&] {
        shim::borrow(handle).mutable_grad() = shim::borrow(grad);
        return 0;
    });
}

SHIM_EXPORT int32_t autograd_backward(const Handle* tensors, const Handle* grads, int64_t count, int32_t retain_graph,
                                      int32_t create_graph, const Handle* inputs, int64_t input_count) {
    return shim::guarded<int32_t>(-1, [&] {
        torch::autograd::backward(shim::borrow(tensors, count), shim::borrow(grads, grads ? count : 0), retain_graph != 0,
                                  create_graph != 0, shim::borrow(inputs, input_count));
        return 0;
    });
}

// Fills `results`, one per input; an input that the outputs do not depend on gives null, or fails unless allow_unused.
SHIM_EXPORT int32_t autograd_grad(const Handle* outputs, const Handle* grads, int64_t count, const Handle* inputs,
                                  int64_t input_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                                  Handle* results) {
    return shim::guarded<int32_t>(-1, [&] {
        auto gradients = torch::autograd::grad(shim::borrow(outputs, count), shim::borrow(inputs, input_count),
                                               shim::borrow(grads, grads ? count : 0), retain_graph != 0,
                                               create_graph != 0, allow_unused != 0);
        for (auto& gradient : gradients) *results++ = shim::give(std::move(gradient));
        return 0;
    });
}
