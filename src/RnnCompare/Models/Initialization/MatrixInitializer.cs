using RnnCompare.Numerics;

namespace RnnCompare.Models.Initialization;

/// <summary>A rule for the first values of one gate's matrix or bias.</summary>
public abstract record MatrixInitializer
{
    private protected MatrixInitializer(double scale)
    {
        Scale = scale;
    }

    /// <summary>What every value is multiplied by: a rule draws a matrix of unit size, whatever size means to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Infinite or NaN.</exception>
    public double Scale { get; init => field = ArgumentChecks.Finite(value); }

    /// <summary>Draws the values of a block.</summary>
    /// <param name="block">Its sizes.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>(Rows, Columns).</returns>
    /// <exception cref="ArgumentException">The rule makes no sense for a block of these sizes.</exception>
    public NdArray<double> Draw(WeightBlock block, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var values = DrawUnit(block, random);
        Vectors.Multiply(values.Span, Scale);
        return values;
    }

    private protected abstract NdArray<double> DrawUnit(WeightBlock block, Random random);
}
