using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics.Products;

/// <summary>Alignment to cache lines: a vector load that crosses two costs two.</summary>
internal static unsafe class CacheLine
{
    private const int Bytes = 64;

    /// <summary>How many elements more to ask for, so that <see cref="Align"/> leaves enough.</summary>
    public static int Slack<T>()
        where T : unmanaged => Bytes / Unsafe.SizeOf<T>();

    /// <summary>The first beginning of a cache line at or after an address.</summary>
    public static T* Align<T>(T* address)
        where T : unmanaged => (T*)(((nuint)address + Bytes - 1) & ~(nuint)(Bytes - 1));
}
