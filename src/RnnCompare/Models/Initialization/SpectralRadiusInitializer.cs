using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Models.Initialization;

/// <summary>A matrix of normal values scaled so that the magnitude of its largest eigenvalue is the scale.</summary>
/// <remarks>What echo state networks begin with (Jaeger 2001): below 1 a linear network forgets, above 1 it explodes.</remarks>
public sealed record SpectralRadiusInitializer() : MatrixInitializer(scale: 1)
{
    private protected override NdArray<double> DrawUnit(WeightBlock block, Random random)
    {
        if (block.Rows != block.Columns)
        {
            throw new ArgumentException($"Only a square matrix has a spectral radius, but this one has {block.Rows} rows and {block.Columns} columns.", nameof(block));
        }

        var values = random.NextNormals(block.Rows, block.Columns);
        Vectors.Multiply(values.Span, 1 / SpectralRadius.Of(values));
        return values;
    }
}
