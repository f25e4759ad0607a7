using System.Globalization;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes in what is carried from step t+1 to step t.</summary>
internal static class CarryFaults
{
    private const string Right = "dh[t] = dy[t]·{Why} + dhNext, where dhNext comes from step t+1";

    public static IEnumerable<Fault> For(FaultContext context)
    {
        foreach (var (gates, name) in GateChoices(context))
        {
            yield return FaultFactory.InLoop(
                "whh-not-transposed",
                Statement.CarryProduct,
                loop => loop with { NotTransposedGates = gates },
                "dhNext = dz[t]·{Whhᵀ}",
                "dhNext = dz[t]·{Whh}",
                context.IsPlain ? [] : [("gate", name)]);
        }

        yield return Dropped("carry-dropped", "dh[t] = dy[t]·{Why}", context.IsLstm ? [("carry", "dh")] : []);
        if (context.IsLstm)
        {
            yield return FaultFactory.InLoop(
                "carry-dropped",
                Statement.Carry | Statement.CellCarry,
                loop => loop with { Carry = new(CarryKind.Dropped), CellCarry = CellCarry.Dropped },
                "dh[t] = dy[t]·{Why}, dc[t] = dh[t]⊙o⊙(1 − tanh²(c[t]))",
                Right,
                ("carry", "dh and dc"));
        }

        yield return Dropped("delta-same-step", "dh[t] = dy[t]·{Why} + dz[t]·{Whh}, where dz[t] is still zero", [("dz[t]", "not yet computed")]);
        yield return FaultFactory.InLoop(
            "delta-same-step",
            Statement.Carry,
            loop => loop with { Carry = new(CarryKind.SameStep) },
            "dh[t] = dy[t]·{Why} + dz[t]·{Whh}, where dz[t] comes from dy[t] alone",
            "dh[t] = dy[t]·{Why} + dz[t+1]·{Whh}",
            ("dz[t]", "computed first"));
        yield return FaultFactory.InLoop(
            "delta-same-step",
            Statement.Carry,
            loop => loop with { Carry = new(CarryKind.SameStepButLast) },
            "dh[t] = dy[t]·{Why} + dz[t]·{Whh} for t < T − 1, where dz[t] comes from dy[t] alone",
            "dh[t] = dy[t]·{Why} + dz[t+1]·{Whh}",
            ("dz[t]", "computed first"),
            ("last step", "without carry"));
        foreach (var fault in NotRotated(context))
        {
            yield return fault;
        }

        yield return FaultFactory.InLoop(
            "carry-before-derivative",
            Statement.CarrySource,
            loop => loop with { CarryBeforeDerivative = true },
            context.IsPlain ? "dhNext = dh[t]·{Whh}" : "dhNext = (dz[t] before the gates' derivatives)·{Whh}",
            "dhNext = dz[t]·{Whh}");
    }

    /// <summary>Gradients that stop after k steps; the rule of each k costs a loop, so these come last.</summary>
    public static IEnumerable<Fault> Truncated(FaultContext context)
    {
        for (var k = 1; k <= Math.Max(1, context.Steps - 1); k++)
        {
            foreach (var (kind, name) in new[] { (CarryKind.StepsFromLoss, "back from each step's loss"), (CarryKind.Windows, "fixed windows") })
            {
                var carry = new Carry(kind, k);
                yield return FaultFactory.InLoop(
                    "truncated-at-k",
                    Statement.Carry | Statement.CellCarry,
                    loop => loop with { Carry = carry },
                    $"the loop back stops after {k} {(k == 1 ? "step" : "steps")} ({name})",
                    "the loop back runs to t = 0",
                    ("k", k.ToString(CultureInfo.InvariantCulture)),
                    ("kind", name));
            }
        }
    }

    private static Fault Dropped(string id, string wrong, (string, string)[] parameters)
    {
        return FaultFactory.InLoop(id, Statement.Carry, loop => loop with { Carry = new(CarryKind.Dropped) }, wrong, Right, parameters);
    }

    private static IEnumerable<Fault> NotRotated(FaultContext context)
    {
        var notRotated = new Carry(CarryKind.NotRotated);
        yield return FaultFactory.InLoop(
            "carry-not-rotated",
            Statement.Carry,
            loop => loop with { Carry = notRotated },
            "dhNext is computed at the last step and never again",
            "dhNext is computed anew at every step",
            context.IsLstm ? [("carry", "dh")] : []);
        if (context.IsLstm)
        {
            yield return FaultFactory.InLoop(
                "carry-not-rotated",
                Statement.Carry | Statement.CellCarry,
                loop => loop with { Carry = notRotated, CellCarry = CellCarry.NotRotated },
                "dhNext and dcNext are computed at the last step and never again",
                "dhNext and dcNext are computed anew at every step",
                ("carry", "dh and dc"));
            yield return FaultFactory.InLoop(
                "carry-not-rotated",
                Statement.CellCarry,
                loop => loop with { CellCarry = CellCarry.NotRotated },
                "dcNext is computed at the last step and never again",
                "dcNext is computed anew at every step",
                ("carry", "dc"));
        }
    }

    private static IEnumerable<(int Gates, string Name)> GateChoices(FaultContext context)
    {
        yield return (context.AllGates, "all");
        for (var gate = 0; gate < context.Gates.Count && !context.IsPlain; gate++)
        {
            yield return (1 << gate, context.Gates[gate]);
        }
    }
}
