using RnnCompare.SystemTorch;
using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;

    /// <summary>The version of the loaded libtorch (TorchSharp's own returns the version that it was built for).</summary>
    public static string __version__ => SystemLibrary.Version;

    public static int get_num_threads() => NativeMethods.threads_get();

    /// <summary>Sets the threads of libtorch and of the OpenMP build of OpenBLAS.</summary>
    public static void set_num_threads(int num) => NativeError.ThrowIfNegative(NativeMethods.threads_set(num));

    public static ScalarType get_default_dtype() => defaultType;

    /// <exception cref="ArgumentException">Not a floating point type.</exception>
    public static void set_default_dtype(ScalarType dtype)
    {
        if (dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"The default type must be Float32 or Float64, but {dtype} was given.", nameof(dtype));
        defaultType = dtype;
    }

    public static Generator manual_seed(long seed)
    {
        NativeError.ThrowIfNegative(NativeMethods.seed_set(seed));
        return new Generator(seed);
    }

    /// <summary>libtorch's default generator, as <see cref="manual_seed"/> left it.</summary>
    public class Generator : IDisposable
    {
        private readonly long seed;

        internal Generator(long seed) => this.seed = seed;

        public long initial_seed() => seed;

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
        }
    }
}
