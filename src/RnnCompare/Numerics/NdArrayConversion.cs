using System.Numerics;

namespace RnnCompare.Numerics;

/// <summary>Conversion between the number types of arrays.</summary>
public static class NdArrayConversion
{
    /// <summary>Converts every element, rounding to nearest; a value out of range becomes infinite.</summary>
    public static NdArray<TTo> Convert<TFrom, TTo>(this NdArray<TFrom> source)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        ArgumentNullException.ThrowIfNull(source);
        var result = new NdArray<TTo>([.. source.Shape]);
        for (var i = 0; i < source.Length; i++)
        {
            result.Data[i] = TTo.CreateTruncating(source.Data[i]);
        }

        return result;
    }
}
