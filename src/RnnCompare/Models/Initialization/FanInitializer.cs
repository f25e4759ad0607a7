using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Models.Initialization;

/// <summary>Independent values with mean 0 and the standard deviation scale / √fan.</summary>
/// <remarks>
/// The family of LeCun et al. 1998. Xavier (Glorot &amp; Bengio 2010): the average fan, scale 1. Kaiming (He et al. 2015):
/// the fan in, scale √2. PyTorch's own, uniform in ±1/√fan: scale 1/√3.
/// </remarks>
public sealed record FanInitializer() : MatrixInitializer(scale: 1)
{
    /// <summary>The number of units that the variance is divided by.</summary>
    public Fan Fan { get; init; }

    /// <summary>Whether values are uniform in ±√3 standard deviations instead of normal.</summary>
    public bool Uniform { get; init; }

    private protected override NdArray<double> DrawUnit(WeightBlock block, Random random)
    {
        var fan = Fan switch
        {
            Fan.In => block.FanIn,
            Fan.Out => block.FanOut,
            _ => (block.FanIn + block.FanOut) / 2.0,
        };
        var values = Uniform ? random.NextUniforms(Math.Sqrt(3), block.Rows, block.Columns) : random.NextNormals(block.Rows, block.Columns);
        Vectors.Multiply(values.Span, 1 / Math.Sqrt(fan));
        return values;
    }
}
