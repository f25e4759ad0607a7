// What the managed side of RnnCompare.SystemTorch calls. Tensors cross as owned TensorImpl pointers; null is the undefined
// tensor. No C++ exception crosses: an entry that fails returns its failure value and keeps the message for last_error.
#pragma once

#include <ATen/core/Tensor.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#define SHIM_EXPORT extern "C" __attribute__((visibility("default")))

namespace shim {

using Handle = at::TensorImpl*;

extern thread_local std::string error;
extern std::atomic<int64_t> live_handles;

// Hands a tensor out: the managed side owns one reference until it calls tensor_release.
inline Handle give(at::Tensor&& tensor) {
    if (!tensor.defined()) return nullptr;
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return tensor.unsafeReleaseTensorImpl();
}

// The tensor behind a handle that stays the managed side's.
inline at::Tensor borrow(Handle handle) {
    if (handle == nullptr) return {};
    return at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(handle));
}

inline std::vector<at::Tensor> borrow(const Handle* handles, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t i = 0; i < count; ++i) tensors.push_back(borrow(handles[i]));
    return tensors;
}

// Runs the body of an entry; every exception becomes the failure value and a message.
template <typename Result, typename Body>
Result guarded(Result failure, Body&& body) noexcept {
    try {
        return body();
    } catch (const c10::Error& e) {
        error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        error = e.what();
    } catch (...) {
        error = "libtorch threw an exception of an unknown type.";
    }
    return failure;
}

}  // namespace shim
