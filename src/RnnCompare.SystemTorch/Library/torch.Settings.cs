using RnnCompare.SystemTorch;
using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;

    /// <summary>The version of the loaded libtorch (TorchSharp's own returns the version that it was built for).</summary>
    public static string __version__ => SystemLibrary.Version;

    /// <summary>How many threads libtorch uses within one operator.</summary>
    public static int get_num_threads() => NativeMethods.threads_get();

    /// <summary>Sets the threads of libtorch and of the OpenMP build of OpenBLAS, for the process.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">Below 1.</exception>
    public static void set_num_threads(int num) => NativeError.ThrowIfNegative(NativeMethods.threads_set(num));

    /// <summary>The element type of new parameters where none is asked for; Float32 at first.</summary>
    public static ScalarType get_default_dtype() => defaultType;

    /// <summary>Sets <see cref="get_default_dtype"/> for the process; what operators promote integers to stays Float32.</summary>
    /// <exception cref="ArgumentException">Not a floating point type.</exception>
    public static void set_default_dtype(ScalarType dtype)
    {
        if (dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"The default type must be Float32 or Float64, but {dtype} was given.", nameof(dtype));
        defaultType = dtype;
    }

    /// <summary>Seeds the generator of all later draws, those of new parameters included.</summary>
    /// <returns>That generator; it need not be disposed of.</returns>
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

        /// <summary>The seed that was given.</summary>
        public long initial_seed() => seed;

        /// <summary>Nothing native is held: the method exists because TorchSharp's generators are disposable.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Does nothing.</summary>
        protected virtual void Dispose(bool disposing)
        {
        }
    }
}
