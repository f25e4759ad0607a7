using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Language;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations;

/// <summary>What a step hands on to the next.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its elements.</param>
public sealed record CellState(string Name, Dimension Length);

/// <summary>A weight of a cell.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape, as it stands in the equations.</param>
/// <param name="Initial">The number from which every element starts; NaN where the initializer decides.</param>
public sealed record CellWeight(string Name, Shape Shape, double Initial = double.NaN);

/// <summary>Weights whose rows lie below each other in one array.</summary>
/// <param name="Name">The array's name.</param>
/// <param name="Parts">The weights, from the top.</param>
public sealed record StackedWeights(string Name, ValueList<string> Parts);

/// <summary>A length of a cell's own.</summary>
/// <param name="Letter">Its name.</param>
/// <param name="Of">The length of which it is a part.</param>
/// <param name="Divisor">Which part, rounded down.</param>
public sealed record CellSize(string Letter, Dimension Of, int Divisor);

/// <summary>A cell as its equations: read from a text, checked, and with everything derived from them.</summary>
/// <remarks>The language is described in docs/equations.md.</remarks>
public sealed class CellEquations
{
    private readonly CellText _cell;

    private CellEquations(CellText cell, string text)
    {
        _cell = cell;
        Text = text;
        var shapes = ShapeInference.Of(cell);
        RequireFreeNames(shapes);
        States = [.. cell.States.Select(state => new CellState(state.Name, state.Length))];
        Sizes = [.. cell.Sizes.Select(size => new CellSize(size.Letter, size.Of, size.Divisor))];
        Weights = [.. shapes.Weights.Select(name => new CellWeight(name, shapes.Scope[name].Shape, cell.Weights.FirstOrDefault(weight => weight.Name == name)?.Initial ?? double.NaN))];
        Stacks = [.. cell.Stacks.Select(Stacked)];
        RequireLetters(shapes);
        ReadOut = ReadOutOf(shapes.Scope);

        Step = Derive(ForwardSteps.Of(cell, shapes.Scope), shapes.Scope);
    }

    /// <summary>The cell's name.</summary>
    public string Name => _cell.Name;

    /// <summary>Whose cell it is: the comment behind its name.</summary>
    public string Source => _cell.Source;

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>The states; the first is what a layer hands on.</summary>
    public ValueList<CellState> States { get; }

    /// <summary>The weights, in the order in which they appear.</summary>
    public ValueList<CellWeight> Weights { get; }

    /// <summary>Which of the weights lie in one array.</summary>
    public ValueList<StackedWeights> Stacks { get; }

    /// <summary>The lengths of the cell's own.</summary>
    public ValueList<CellSize> Sizes { get; }

    /// <summary>The read-out, as the text has it or y = h·Whyᵀ + by.</summary>
    public ReadOut ReadOut { get; }

    /// <summary>The forward and the backward step.</summary>
    public StepProgram Step { get; }

    /// <summary>Reads a cell.</summary>
    /// <exception cref="EquationException">The text cannot be understood; the message says where and why.</exception>
    public static CellEquations Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(CellParser.Read(text), text);
    }

    /// <summary>The program of the read-out and the loss behind one layer of one direction.</summary>
    public StepProgram LossProgram(LossKind loss) => LossStatements.Of(ReadOut, loss, States[0].Length);

    /// <summary>The step whose forward statements are these, with the backward statements that follow from them.</summary>
    /// <param name="forward">Those of <see cref="Step"/>, some of them edited.</param>
    public StepProgram Derive(ValueList<Statement> forward)
    {
        var scope = new Scope();
        foreach (var variable in Step.Scope.Variables.Where(variable => variable.Role is VariableRole.Input or VariableRole.State or VariableRole.Value or VariableRole.Weight))
        {
            scope.Declare(variable);
        }

        return Derive(forward, scope);
    }

    /// <summary>What every letter of a length stands for.</summary>
    /// <param name="inputs">I, what enters the layer.</param>
    /// <param name="hidden">H.</param>
    public Dictionary<string, int> LettersFor(int inputs, int hidden)
    {
        var letters = new Dictionary<string, int> { ["I"] = inputs, ["H"] = hidden };
        foreach (var size in Sizes)
        {
            letters[size.Letter] = Math.Max(1, size.Of.Evaluate(letters) / size.Divisor);
        }

        return letters;
    }

    private StepProgram Derive(ValueList<Statement> forward, Scope scope)
    {
        var seeds = States.SelectMany(state => SeedsOf(state, scope)).ToList();
        return new() { Scope = scope, Forward = forward, Backward = BackwardSteps.Of(forward, scope, seeds, [.. Weights.Select(weight => weight.Name), Scope.Input]) };
    }

    /// <summary>Makes sure that a network's sizes leave every state an element at least, and every part of a vector within it.</summary>
    /// <exception cref="EquationException">They do not; the message says where.</exception>
    public void RequireSizes(RnnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        for (var layer = 0; layer < Math.Min(2, spec.Layers); layer++)
        {
            var letters = LettersFor(spec.LayerInputSize(layer), spec.HiddenSize);
            var sizes = $"With {string.Join(", ", letters.Select(letter => $"{letter.Key} = {letter.Value}"))}";
            foreach (var state in _cell.States.Where(state => state.Length.Evaluate(letters) < 1))
            {
                throw new EquationException($"{sizes}, the state {state.Name} of {Name} has {state.Length} = {state.Length.Evaluate(letters)} elements; expected 1 at least.", state.Position);
            }

            foreach (var (slice, equation) in _cell.Equations.SelectMany(equation => equation.Value.Parts().OfType<Slice>().Select(slice => (slice, equation))))
            {
                var (start, length, whole) = (slice.Start.Evaluate(letters), slice.Length.Evaluate(letters), Step.Scope.ShapeOf(slice.Operand).Last.Evaluate(letters));
                if (start < 0 || length < 1 || start + length > whole)
                {
                    throw new EquationException($"{sizes}, '{slice}' of {Name} is a part of {whole} elements from {start} to {start + length}; expected one from 0 to {whole} with an element at least.", _cell.Map.PositionOf(slice, equation.Position));
                }
            }
        }
    }

    private IEnumerable<(string Name, Expression Adjoint)> SeedsOf(CellState state, Scope scope)
    {
        var shape = Shape.Vector(state.Length);
        if (state == States[0])
        {
            scope.Declare(new(AdjointNames.Out(state.Name), VariableRole.Adjoint, shape));
            yield return (state.Name, new Reference(AdjointNames.Out(state.Name)));
        }

        scope.Declare(new(AdjointNames.Next(state.Name), VariableRole.Carry, shape));
        yield return (state.Name, new Reference(AdjointNames.Next(state.Name)));
    }

    private StackedWeights Stacked(StackLine stack)
    {
        foreach (var part in stack.Parts)
        {
            var first = Weights.FirstOrDefault(weight => weight.Name == stack.Parts[0]);
            var own = Weights.FirstOrDefault(weight => weight.Name == part) ?? throw new EquationException($"'{part}' is stacked, but is not a weight of the cell.", stack.Position);
            if (first!.Shape.Axes.Count != own.Shape.Axes.Count || own.Shape.IsScalar || (own.Shape.IsMatrix && !own.Shape.Last.Equals(first.Shape.Last)))
            {
                throw new EquationException($"'{part}' is {own.Shape}, but '{first.Name}' above it is {first.Shape}: stacked weights have rows of one length.", stack.Position);
            }

            if (_cell.Stacks.Sum(other => other.Parts.Count(name => name == part)) > 1 || Weights.Any(weight => weight.Name == stack.Name))
            {
                throw new EquationException($"'{part}' is stacked twice, or '{stack.Name}' is a weight itself.", stack.Position);
            }
        }

        return new(stack.Name, stack.Parts);
    }

    private void RequireLetters(ShapeInference shapes)
    {
        var known = new HashSet<string> { "I", "H" };
        foreach (var size in _cell.Sizes)
        {
            if (size.Of.Letters.FirstOrDefault(letter => !known.Contains(letter)) is { } unknown)
            {
                throw new EquationException($"The size {size.Letter} is a part of {unknown}, which stands for nothing.", size.Position);
            }

            known.Add(size.Letter);
        }

        foreach (var (name, length) in States.Select(state => (state.Name, state.Length)).Concat(Weights.SelectMany(weight => weight.Shape.Axes.Select(axis => (weight.Name, axis)))))
        {
            if (length.Letters.FirstOrDefault(letter => !known.Contains(letter)) is { } unknown)
            {
                throw new EquationException($"'{name}' has {length} elements, but {unknown} stands for nothing: a line 'size {unknown} = …' says what it is.", shapes.PositionOf(name));
            }
        }
    }

    private ReadOut ReadOutOf(Scope scope)
    {
        if (_cell.ReadOut is not { } equation)
        {
            return new(States[0].Name, TensorNames.Why, TensorNames.By, IsRow: true, IsTransposed: true);
        }

        var readOut = ReadOut.From(States[0].Name, equation.Value)
            ?? throw new EquationException($"The read-out is {equation.Value}, but must be linear in the first state: y = {States[0].Name}'·Why + by.", equation.Position);
        return scope.TryGet(readOut.Weight, out _) || (readOut.Bias is { } bias && scope.TryGet(bias, out _))
            ? throw new EquationException("The read-out has a weight of the recurrence.", equation.Position)
            : readOut;
    }

    private static void RequireFreeNames(ShapeInference shapes)
    {
        foreach (var variable in shapes.Scope.Variables)
        {
            foreach (var taken in new[] { AdjointNames.Of(variable.Name), AdjointNames.Next(variable.Name), AdjointNames.Out(variable.Name) })
            {
                if (shapes.Scope.TryGet(taken, out _))
                {
                    throw new EquationException($"'{taken}' is the name of the adjoint of '{variable.Name}'; give one of them another name.", shapes.PositionOf(taken));
                }
            }
        }
    }
}
