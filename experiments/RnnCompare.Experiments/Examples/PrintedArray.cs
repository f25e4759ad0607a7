using System.Globalization;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Examples;

/// <summary>An array as a document printed it.</summary>
/// <param name="Name">The document's name of it.</param>
/// <param name="Format">The format that gives all digits that were printed.</param>
/// <param name="Values">The numbers, in row-major order.</param>
internal sealed record PrintedArray(string Name, string Format, double[] Values)
{
    /// <summary>The format of NumPy's arrays: eight places, after a point that does not move.</summary>
    public const string Fixed = "0.00000000";

    /// <summary>The format of NumPy's arrays whose numbers differ much in size: nine significant digits.</summary>
    public const string Scientific = "0.00000000e-00";

    /// <summary>A number with the digits that were printed of this array.</summary>
    public string Show(double value) => value.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>How many of the numbers are met to every printed digit.</summary>
    public int Met(NdArray<double> computed) => Values.Zip(computed.Data).Count(pair => Show(pair.First) == Show(pair.Second));
}
