// One entry for every ATen operator, autograd included: arguments go on the dispatcher's stack, results come off it.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>

namespace {

enum class Kind : int64_t { None, Tensor, Integer, Real, Boolean, IntegerList, TensorList };

// Mirrors the managed struct of the same name: `length` counts the elements of a list.
struct Value {
    Kind kind;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
    int64_t length;
};

c10::IValue to_ivalue(const Value& value) {
    switch (value.kind) {
        case Kind::Tensor: return shim::borrow(static_cast<shim::Handle>(value.pointer));
        case Kind::Integer: return value.integer;
        case Kind::Real: return value.real;
        case Kind::Boolean: return value.integer != 0;
        case Kind::IntegerList: {
            c10::List<int64_t> list;
            list.reserve(value.length);
            const auto* items = static_cast<const int64_t*>(value.pointer);
            for (int64_t i = 0; i < value.length; ++i) list.push_back(items[i]);
            return list;
        }
        case Kind::TensorList: {
            c10::List<at::Tensor> list;
            list.reserve(value.length);
            const auto* items = static_cast<const shim::Handle*>(value.pointer);
            for (int64_t i = 0; i < value.length; ++i) list.push_back(shim::borrow(items[i]));
            return list;
        }
        default: return {};
    }
}

// A list of tensors is handed out through memory of this thread, valid until its next call.
thread_local std::vector<shim::Handle> returned_list;

Value from_ivalue(c10::IValue&& result) {
    Value value{Kind::None, {0}, 0};
    if (result.isTensor()) {
        value.kind = Kind::Tensor;
        value.pointer = shim::give(std::move(result).toTensor());
    } else if (result.isTensorList()) {
        returned_list.clear();
        for (at::Tensor tensor : std::move(result).toTensorVector()) returned_list.push_back(shim::give(std::move(tensor)));
        value.kind = Kind::TensorList;
        value.pointer = returned_list.data();
        value.length = static_cast<int64_t>(returned_list.size());
    } else if (result.isInt()) {
        value.kind = Kind::Integer;
        value.integer = result.toInt();
    } else if (result.isDouble()) {
        value.kind = Kind::Real;
        value.real = result.toDouble();
    } else if (result.isBool()) {
        value.kind = Kind::Boolean;
        value.integer = result.toBool();
    }
    return value;
}

}  // namespace

// The handle of an operator lives as long as the process: it is looked up once and cached by the managed side.
SHIM_EXPORT const void* operator_find(const char* name, const char* overload) {
    return shim::guarded<const void*>(nullptr, [&] {
        return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    });
}

// Returns the number of results, or -1.
SHIM_EXPORT int32_t operator_call(const void* op, const Value* arguments, int32_t count, Value* results, int32_t capacity) {
    return shim::guarded<int32_t>(-1, [&] {
        const auto& handle = *static_cast<const c10::OperatorHandle*>(op);
        TORCH_CHECK(handle.schema().returns().size() <= static_cast<size_t>(capacity), handle.schema().name(),
                    " returns more than ", capacity, " values.");
        torch::jit::Stack stack;
        stack.reserve(count);
        for (int32_t i = 0; i < count; ++i) stack.push_back(to_ivalue(arguments[i]));
        handle.callBoxed(stack);
        for (size_t i = 0; i < stack.size(); ++i) results[i] = from_ivalue(std::move(stack[i]));
        return static_cast<int32_t>(stack.size());
    });
}
