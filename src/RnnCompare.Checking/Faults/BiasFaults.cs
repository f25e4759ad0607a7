using System.Globalization;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes in the gradients of biases.</summary>
internal static class BiasFaults
{
    private const string Right = "the bias gradient is the sum of dz over all steps and sequences";

    public static IEnumerable<Fault> For(FaultContext context)
    {
        return [.. Sums(context), .. Missing(context), .. Elements(context), .. OneSequence(context)];
    }

    private static IEnumerable<Fault> Sums(FaultContext context)
    {
        (string Id, BiasSumKind Kind, string Wrong, (string, string)[] Parameters)[] rules =
        [
            ("bias-one-step-doubled", BiasSumKind.FirstDoubled, "db += db with one name for the step's and the sum: twice the step visited last", []),
            ("bias-last-step-only", BiasSumKind.First, "the bias gradient is that of step 0", [("step", "first")]),
            ("bias-last-step-only", BiasSumKind.Last, "the bias gradient is that of the last step", [("step", "last")]),
        ];
        foreach (var rule in rules)
        {
            foreach (var target in Targets(context, withOutput: context.Spec.Outputs == Models.OutputMode.EveryStep))
            {
                yield return Wrong(rule.Id, rule.Kind, target, rule.Wrong, 0, rule.Parameters);
            }
        }

        foreach (var target in Targets(context, withOutput: false))
        {
            yield return Wrong("bias-twice", BiasSumKind.Twice, target, "the bias is counted twice, as b_ih and as b_hh", 0, []);
        }
    }

    private static IEnumerable<Fault> OneSequence(FaultContext context)
    {
        for (var b = 0; b < context.BatchSize; b++)
        {
            var entry = ("sequence", b.ToString(CultureInfo.InvariantCulture));
            foreach (var target in Targets(context, withOutput: true))
            {
                yield return Wrong("bias-batch-not-summed", BiasSumKind.OneSequence, target, $"the bias gradient is that of sequence {b}", b, [entry]);
            }
        }
    }

    private static IEnumerable<Fault> Missing(FaultContext context)
    {
        var missing = new BiasSum(BiasSumKind.Missing);
        yield return Hidden(Statement.HiddenBias, sums => sums with { HiddenBias = missing }, "bh");
        if (context.Spec.Cell.HasCandidateBias)
        {
            yield return Hidden(Statement.CandidateBias, sums => sums with { CandidateBias = missing }, "bhn");
            yield return Hidden(Statement.HiddenBias | Statement.CandidateBias, sums => sums with { HiddenBias = missing, CandidateBias = missing }, "bh and bhn");
        }

        yield return FaultFactory.InSums("output-bias-missing", Statement.OutputBias, sums => sums with { OutputBias = missing }, "{dby} = 0", "{dby} = Σ dy[t]");

        static Fault Hidden(Statement edits, Func<SumVariant, SumVariant> edit, string bias)
        {
            return FaultFactory.InSums("hidden-bias-missing", edits, edit, $"the gradient of {bias} is 0", Right, ("bias", bias));
        }
    }

    private static IEnumerable<Fault> Elements(FaultContext context)
    {
        foreach (var k in context.HiddenEntries)
        {
            yield return Element(k, BiasElement.WholeBias, null, "bh");
            for (var gate = 0; gate < context.Gates.Count && !context.IsPlain && k < context.Spec.HiddenSize; gate++)
            {
                yield return Element(k, 1 << gate, null, $"bh, gate {context.Gates[gate]}");
            }

            if (!context.IsPlain && k < context.Spec.HiddenSize)
            {
                yield return Element(k, context.AllGates, null, "bh, every gate");
            }

            if (context.OutputEntries.Contains(k))
            {
                yield return Element(k, BiasElement.WholeBias, k, "bh and by");
            }
        }

        foreach (var k in context.OutputEntries)
        {
            yield return Element(null, 0, k, "by");
        }
    }

    private static Fault Element(int? hidden, int gates, int? output, string bias)
    {
        BiasElement? hiddenElement = hidden is { } h ? new(h, gates) : null;
        BiasElement? outputElement = output is { } o ? new(o, BiasElement.WholeBias) : null;
        var entry = (hidden ?? output ?? 0).ToString(CultureInfo.InvariantCulture);
        return FaultFactory.InFinish(
            "bias-one-element",
            (hidden is null ? 0 : Statement.HiddenElement) | (output is null ? 0 : Statement.OutputElement),
            finish => finish with { HiddenElement = hiddenElement ?? finish.HiddenElement, OutputElement = outputElement ?? finish.OutputElement },
            $"every element of the bias gradient is element {entry}",
            "every element of the bias gradient is its own",
            ("bias", bias),
            ("entry", entry));
    }

    private static Fault Wrong(string id, BiasSumKind kind, (string Name, int Gates, bool Output) target, string wrong, int sequence, (string, string)[] parameters)
    {
        SumVariant Edit(SumVariant sums) => sums with
        {
            HiddenBias = target.Gates == 0 ? sums.HiddenBias : new(kind, target.Gates, sequence),
            CandidateBias = target.Gates == BiasSum.AllGates ? new(kind, target.Gates, sequence) : sums.CandidateBias,
            OutputBias = target.Output ? new(kind, BiasSum.AllGates, sequence) : sums.OutputBias,
        };
        var edits = (target.Gates == 0 ? 0 : Statement.HiddenBias)
            | (target.Gates == BiasSum.AllGates ? Statement.CandidateBias : 0)
            | (target.Output ? Statement.OutputBias : 0);
        return FaultFactory.InSums(id, edits, Edit, wrong, Right, [("bias", target.Name), .. parameters]);
    }

    private static IEnumerable<(string Name, int Gates, bool Output)> Targets(FaultContext context, bool withOutput)
    {
        yield return ("bh", BiasSum.AllGates, false);
        for (var gate = 0; gate < context.Gates.Count && !context.IsPlain; gate++)
        {
            yield return ($"bh, gate {context.Gates[gate]}", 1 << gate, false);
        }

        if (withOutput)
        {
            yield return ("by", 0, true);
            yield return ("bh and by", BiasSum.AllGates, true);
        }
    }
}
