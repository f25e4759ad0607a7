using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>Batches in another precision.</summary>
public static class BatchConversion
{
    /// <summary>The same batch, every value rounded to nearest.</summary>
    public static SequenceBatch<TTo> Convert<TFrom, TTo>(this SequenceBatch<TFrom> batch)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        return new()
        {
            Inputs = batch.Inputs.Values is { } x ? new(x.Convert<TFrom, TTo>()) : new(batch.Inputs.Tokens!),
            Targets = batch.Targets switch
            {
                null => null,
                { Values: { } values } => new(values.Convert<TFrom, TTo>()),
                { Classes: var classes } => new(classes!),
            },
            LossWeights = batch.LossWeights?.Convert<TFrom, TTo>(),
            Lengths = batch.Lengths,
            InitialState = batch.InitialState?.Convert<TTo>(),
        };
    }
}
