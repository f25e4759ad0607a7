namespace RnnCompare.Numerics;

/// <summary>Arrays seen as matrices.</summary>
public static class MatrixViewExtensions
{
    /// <summary>The array as a matrix of <see cref="NdArray{T}.Rows"/> × <see cref="NdArray{T}.Columns"/>, without a copy.</summary>
    public static MatrixView<T> View<T>(this NdArray<T> array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        return new(array.Data, array.Rows, array.Columns);
    }
}
