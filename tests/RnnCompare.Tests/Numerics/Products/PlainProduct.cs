using System.Numerics;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Tests.Numerics.Products;

/// <summary>The matrix product as its definition says it: the oracle of <see cref="MatrixProduct"/>.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds over ascending k. <see cref="MatrixProduct"/> keeps exactly this
/// chain in every path, so the two agree to the last bit.
/// </remarks>
internal static class PlainProduct
{
    /// <summary>destination = a · b.</summary>
    public static void Product<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < destination.Rows; row++)
        {
            for (var column = 0; column < destination.Columns; column++)
            {
                destination[row, column] = T.Zero;
            }
        }

        AddProduct(a, b, destination);
    }

    /// <summary>destination += a · b.</summary>
    public static void AddProduct<T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < destination.Rows; row++)
        {
            for (var column = 0; column < destination.Columns; column++)
            {
                var sum = destination[row, column];
                for (var k = 0; k < a.Columns; k++)
                {
                    sum = T.FusedMultiplyAdd(a[row, k], b[k, column], sum);
                }

                destination[row, column] = sum;
            }
        }
    }
}
