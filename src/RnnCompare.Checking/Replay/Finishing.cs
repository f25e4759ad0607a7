using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>What happens to a gradient after it was added up.</summary>
internal static class Finishing
{
    /// <summary>Applies everything but what needs the norm of all gradients.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="name">The gradient's name.</param>
    /// <param name="values">The gradient, overwritten.</param>
    /// <param name="variant">Its forward part says how the program's own layout differs, its last part what is done.</param>
    public static void Apply<T>(RnnSpec spec, string name, NdArray<T> values, Variant variant)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (kind, finish) = (TensorKind.Of(name), variant.Finish);
        Multiply(values, T.CreateChecked(finish.Negated ? -finish.Factor : finish.Factor));
        var element = kind switch
        {
            TensorNames.Bh => finish.HiddenElement,
            TensorNames.By => finish.OutputElement,
            _ => null,
        };
        Fill(values, element, kind == TensorNames.Bh ? spec.Cell.Gates.Count : 1);
        foreach (var order in new[] { variant.Forward.GateOrder, finish.GateOrder })
        {
            if (order is not null && TensorKind.IsGated(kind))
            {
                GateBlocks.ToOrder(values, order.Sources(spec.Cell.Gates));
            }
        }

        if (IsTransposed(kind, finish.Transposed) != (variant.Forward.TransposedWhh && kind == TensorNames.Whh))
        {
            GateBlocks.Transpose(values);
        }

        if (TensorKind.IsWeightGradient(name))
        {
            Rescale(values, finish.Rescaling);
        }
    }

    /// <summary>Multiplies every element.</summary>
    public static void Multiply<T>(NdArray<T> values, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length && factor != T.One; i++)
        {
            values.Data[i] *= factor;
        }
    }

    private static void Fill<T>(NdArray<T> bias, BiasElement? element, int gates)
        where T : unmanaged
    {
        if (element is not { } chosen)
        {
            return;
        }

        if (chosen.Gates == BiasElement.WholeBias)
        {
            bias.Span.Fill(bias.Data[chosen.Entry]);
            return;
        }

        var size = bias.Length / gates;
        for (var gate = 0; gate < gates; gate++)
        {
            if ((chosen.Gates >> gate & 1) == 1)
            {
                bias.Span.Slice(gate * size, size).Fill(bias.Data[(gate * size) + chosen.Entry]);
            }
        }
    }

    private static bool IsTransposed(string kind, Transposition transposed)
    {
        return kind switch
        {
            TensorNames.Wxh => transposed.HasFlag(Transposition.Wxh),
            TensorNames.Whh => transposed.HasFlag(Transposition.Whh),
            TensorNames.Why => transposed.HasFlag(Transposition.Why),
            _ => false,
        };
    }

    private static void Rescale<T>(NdArray<T> values, Rescaling rescaling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (rescaling.Kind)
        {
            case RescalingKind.ClippedElementwise:
                var limit = T.CreateChecked(rescaling.Limit);
                foreach (ref var value in values.Span)
                {
                    value = T.Clamp(value, -limit, limit);
                }

                break;
            case RescalingKind.NormalisedEach:
                var norm = ScaledNorm.Of(values.Convert<T, double>().Span);
                Multiply(values, norm == 0 ? T.One : T.CreateChecked(1 / norm));
                break;
        }
    }
}
