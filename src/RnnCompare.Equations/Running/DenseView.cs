using System.Runtime.InteropServices;
using RnnCompare.Numerics;

namespace RnnCompare.Equations.Running;

/// <summary>Dense matrices as what they are in memory.</summary>
internal static class DenseView
{
    /// <summary>All elements of a matrix whose rows lie behind each other without gaps.</summary>
    public static Span<T> Flat<T>(this MatrixView<T> matrix)
        where T : unmanaged
    {
        return matrix.Rows == 0 ? default : MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(matrix.Row(0)), matrix.Rows * matrix.Columns);
    }
}
