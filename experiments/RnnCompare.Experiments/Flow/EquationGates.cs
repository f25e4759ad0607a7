using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;

namespace RnnCompare.Experiments.Flow;

/// <summary>The gates of a cell that is its equations: every value that is a sigmoid, a tanh or a relu of something without a name, and a state that is one.</summary>
internal static class EquationGates
{
    /// <summary>Every gate of every layer.</summary>
    /// <param name="equations">The cell.</param>
    /// <param name="run">The network, after a backward pass.</param>
    /// <param name="directions">1, or 2 of a bidirectional network.</param>
    /// <param name="batch">The batch.</param>
    public static IReadOnlyList<GateFlow> Of(CellEquations equations, NetworkRun<double> run, int directions, SequenceBatch<double> batch)
    {
        var gates = equations.Step.Forward.Select(statement => (statement.Name, Adjoint: Adjoint(statement, equations.Step.Scope), Stops: Stops(statement))).Where(gate => gate is { Adjoint: not null, Stops: not null }).ToList();
        return
        [
            .. run.Layers.SelectMany((layer, i) => gates.Select(gate => GateFlow.Of(
                new(i / directions, layer.Memory.IsReverse), gate.Name, layer.Memory[gate.Adjoint!], layer.Memory[gate.Name], gate.Stops!.Value, batch))),
        ];
    }

    // The adjoint of what the function is applied to.
    private static string? Adjoint(Statement statement, Scope scope)
    {
        var name = statement.Value is Apply { Argument: Reference argument } && scope[statement.Name].Role == VariableRole.State ? AdjointNames.Of(argument.Name)
            : statement.Value is Apply { Argument: not Reference } ? AdjointNames.Of(statement.Name)
            : null;
        return name is not null && scope.TryGet(name, out _) ? name : null;
    }

    private static (double Low, double High)? Stops(Statement statement)
    {
        var function = (statement.Value as Apply)?.Function;
        return function == Function.Sigmoid || function == Function.HardSigmoid ? GateFlow.OfSigmoid
            : function == Function.Tanh || function == Function.HardTanh ? GateFlow.OfTanh
            : function == Function.Relu ? GateFlow.OfRelu
            : null;
    }
}
