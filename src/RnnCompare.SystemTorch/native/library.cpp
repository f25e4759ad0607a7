// The state of the library: errors, grad mode, threads, seed, and what it says of itself.
#include "shim.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/core/GradMode.h>

SHIM_EXPORT const char* last_error() { return shim::error.c_str(); }

SHIM_EXPORT int64_t live_tensor_count() { return shim::live_handles.load(std::memory_order_relaxed); }

SHIM_EXPORT int32_t grad_mode_get() { return c10::GradMode::is_enabled(); }

SHIM_EXPORT void grad_mode_set(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

SHIM_EXPORT int32_t threads_get() { return at::get_num_threads(); }

SHIM_EXPORT int32_t threads_set(int32_t count) {
    return shim::guarded<int32_t>(-1, [&] {
        at::set_num_threads(count);
        return 0;
    });
}

SHIM_EXPORT int32_t seed_set(int64_t seed) {
    return shim::guarded<int32_t>(-1, [&] {
        at::manual_seed(static_cast<uint64_t>(seed));
        return 0;
    });
}

// Made once; lives as long as the process.
SHIM_EXPORT const char* library_configuration() {
    static const std::string text = at::show_config();
    return text.c_str();
}

// Tells the settings of the moment; valid until this thread asks again.
SHIM_EXPORT const char* parallel_information() {
    static thread_local std::string text;
    text = at::get_parallel_info();
    return text.c_str();
}
