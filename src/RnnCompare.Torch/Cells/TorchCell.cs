using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Cells;

/// <summary>A cell's equations in TorchSharp, for autograd to differentiate: a walk over the statements of a step.</summary>
/// <remarks>
/// As people write it: neighbouring gates that multiply the same vectors take one product for all of them, and what comes
/// from the input is computed for every step at once.
/// </remarks>
internal sealed class TorchCell
{
    private readonly CellEquations _equations;
    private readonly TorchWeights _weights;
    private readonly List<TorchGates> _gates;
    private readonly Dictionary<string, Tensor> _values = [];
    private readonly Dictionary<string, Tensor> _sums = [];
    private readonly Tensor? _input;

    /// <summary>Prepares a layer for a pass.</summary>
    /// <param name="equations">The cell.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="inputs">What enters the layer, (T·B, I), or tokens (T·B).</param>
    /// <param name="batchSize">B.</param>
    public TorchCell(CellEquations equations, TorchWeights weights, Tensor inputs, int batchSize)
    {
        (_equations, _weights) = (equations, weights);
        _gates = TorchGates.Of(equations, weights, inputs, batchSize);
        var isDense = inputs.dim() == 2;
        if (NeedsInput())
        {
            _input = (isDense ? inputs : nn.functional.one_hot(inputs, weights.InputSize).to_type(weights.Type)).view(-1, batchSize, weights.InputSize);
        }
    }

    /// <summary>Computes a step.</summary>
    /// <param name="t">The step.</param>
    /// <param name="states">The states before it, in the order of the cell, (B, n) each.</param>
    /// <returns>The states after it.</returns>
    public Tensor[] Step(int t, IReadOnlyList<Tensor> states)
    {
        _values.Clear();
        for (var i = 0; i < states.Count; i++)
        {
            _values[Before(_equations.States[i].Name)] = states[i];
        }

        if (_input is not null)
        {
            _values[Scope.Input] = _input[t];
        }

        foreach (var statement in _equations.Step.Forward)
        {
            if (_gates.Find(gates => gates.First == statement.Name) is { } gates)
            {
                gates.Compute(t, Value, _sums);
            }

            _values[statement.Name] = Compute(statement);
        }

        return [.. _equations.States.Select(state => _values[state.Name])];
    }

    private static string Before(string state) => state + "[t-1]";

    private Tensor Value(Reference reference) => _values[reference.Shift == 0 ? reference.Name : Before(reference.Name)];

    private Tensor Compute(Statement statement)
    {
        if (!_sums.Remove(statement.Name, out var sum))
        {
            return Evaluate(statement.Value);
        }

        // What is neither a product nor a bias comes to the sum that the gates have together.
        var (function, argument) = statement.Value is Apply apply ? (apply.Function, apply.Argument) : (null, statement.Value);
        foreach (var term in TorchGates.TermsOf(argument).Where(term => !TorchGates.IsLinear(term, _equations.Step.Scope)))
        {
            sum = term.IsNegative ? sum - Evaluate(term.Value) : sum + Evaluate(term.Value);
        }

        return function is null ? sum : TorchFunctions.Apply(function, sum);
    }

    private Tensor Evaluate(Expression expression)
    {
        return expression switch
        {
            Number number => tensor(number.Value, _weights.Type),
            Reference reference => _equations.Step.Scope[reference.Name].Role == VariableRole.Weight ? _weights[reference.Name] : Value(reference),
            Sum { Terms: [{ IsNegative: false, Value: Number number }, { IsNegative: true, Value: var subtracted }] } => number.Value - Evaluate(subtracted),
            Sum { Terms: [{ IsNegative: false, Value: Number number }, { IsNegative: false, Value: var added }] } => number.Value + Evaluate(added),
            Sum { Terms: [{ IsNegative: false, Value: var added }, { IsNegative: false, Value: Number number }] } => Evaluate(added) + number.Value,
            Sum sum => Add(sum),
            Times times => times.Factors.Select(Evaluate).Aggregate((a, b) => a * b),
            Quotient { Denominator: Number number } quotient => Evaluate(quotient.Numerator) / number.Value,
            Quotient quotient => Evaluate(quotient.Numerator) / Evaluate(quotient.Denominator),
            Power { Exponent: 2 } power => Evaluate(power.Base).square(),
            Power power => Evaluate(power.Base).pow(power.Exponent),
            Apply apply => TorchFunctions.Apply(apply.Function, Evaluate(apply.Argument)),
            MatrixProduct product => TorchGates.VectorOf(product, _equations.Step.Scope) is var vector && vector == product.Left
                ? Evaluate(vector).mm(_weights.Matrix(product.Right))
                : Evaluate(vector).mm(_weights.Matrix(product.Left).t()),
            Join join => cat([.. join.Blocks.Select(Rows)], 1),
            Slice slice => Evaluate(slice.Operand).narrow(-1, slice.Start.Evaluate(_weights.Letters), slice.Length.Evaluate(_weights.Letters)),
            FeatureSum sum => sum.IsMean ? Evaluate(sum.Operand).mean([-1], keepdim: true) : Evaluate(sum.Operand).sum(-1, keepdim: true),
            Spread spread => Rows(spread.Operand).expand(-1, spread.Length.Evaluate(_weights.Letters)),
            _ => throw new NotSupportedException($"'{expression}' has no counterpart in TorchSharp."),
        };
    }

    // A row of each sequence; what all share is repeated.
    private Tensor Rows(Expression expression)
    {
        var value = Evaluate(expression);
        return value.dim() < 2 ? value.expand(Value(new(_equations.States[0].Name, -1)).shape[0], -1) : value;
    }

    private Tensor Add(Sum sum)
    {
        var first = Evaluate(sum.Terms[0].Value);
        var result = sum.Terms[0].IsNegative ? -first : first;
        foreach (var term in sum.Terms.Skip(1))
        {
            result = term.IsNegative ? result - Evaluate(term.Value) : result + Evaluate(term.Value);
        }

        return result;
    }

    private bool NeedsInput()
    {
        var inGates = _gates.SelectMany(gates => gates.Names).ToHashSet();
        return _equations.Step.Forward.Any(statement => (inGates.Contains(statement.Name)
                ? TorchGates.TermsOf(statement.Value is Apply apply ? apply.Argument : statement.Value).Where(term => !TorchGates.IsLinear(term, _equations.Step.Scope)).Select(term => term.Value)
                : [statement.Value])
            .SelectMany(value => value.Parts()).Contains(new Reference(Scope.Input)));
    }
}
