using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>Finds what every name of a cell is, and its shape; refuses what does not fit.</summary>
internal sealed class ShapeInference
{
    private readonly CellText _cell;
    private readonly ExpressionShapes _shapes;

    private ShapeInference(CellText cell) => (_cell, _shapes) = (cell, new(cell));

    public Scope Scope => _shapes.Scope;

    /// <summary>The weights in the order in which they appear.</summary>
    public IReadOnlyList<string> Weights => _shapes.Weights;

    public static ShapeInference Of(CellText cell)
    {
        var inference = new ShapeInference(cell);
        inference.Run();
        return inference;
    }

    private void Run()
    {
        _shapes.Declare(Scope.Input, VariableRole.Input, Shape.Vector(Dimension.I), new(1, 1));
        if (_cell.States.Count == 0)
        {
            throw new EquationException("The cell has no state: a line 'state h' declares what a step hands on to the next.", _cell.End);
        }

        foreach (var state in _cell.States)
        {
            _shapes.Declare(state.Name, VariableRole.State, Shape.Vector(state.Length), state.Position);
        }

        foreach (var weight in _cell.Weights)
        {
            _shapes.Declare(weight.Name, VariableRole.Weight, new(weight.Axes, true), weight.Position);
            _shapes.Weights.Add(weight.Name);
        }

        var splits = new List<(Dimension[] Parts, SourcePosition Position)>();
        foreach (var equation in _cell.Equations)
        {
            ReadEquation(equation, splits);
        }

        // Where nothing else says how long the parts of a split are, they are equal.
        foreach (var (parts, position) in splits)
        {
            foreach (var part in parts.Where(part => DimensionSolver.IsUnknown(_shapes.Solver.Resolve(part))))
            {
                _shapes.Solver.Equate(part, parts[0], (a, b) => new($"The parts of a split have {a} and {b} elements, and they do not add up.", position));
            }
        }

        // What nothing determines has as many elements as there are hidden units.
        foreach (var axis in Scope.Variables.SelectMany(variable => variable.Shape.Axes).SelectMany(axis => _shapes.Solver.Resolve(axis).Letters.Where(DimensionSolver.IsUnknown)).Distinct().ToList())
        {
            _shapes.Solver.Equate(Dimension.Letter(axis), Dimension.H, (a, b) => new($"A length is {a} and also {b}.", _cell.End));
        }

        _shapes.RequireSlices();
        RequireUsed();
        if (Weights.Count == 0)
        {
            throw new EquationException("The cell has no weight: there is nothing in it to train.", _cell.End);
        }

        foreach (var variable in Scope.Variables.ToList())
        {
            var shape = _shapes.Solver.Resolve(variable.Shape);
            Scope.Declare(variable with { Shape = shape });
            if (shape.Axes.FirstOrDefault(axis => axis.IsLessThan(Dimension.Number(1))) is { } axis)
            {
                throw new EquationException($"'{variable.Name}' would have a length of {axis}; a line 'weight' says how long the weights beside it are.", PositionOf(variable.Name));
            }
        }
    }

    private void ReadEquation(EquationLine equation, List<(Dimension[] Parts, SourcePosition Position)> splits)
    {
        var shape = _shapes.Of(equation.Value, equation.Position);
        if (equation.Targets.Count > 1)
        {
            _shapes.RequireVector(shape, equation.Value);
            Dimension[] parts = [.. equation.Targets.Select(_ => _shapes.Solver.Fresh())];
            splits.Add((parts, equation.Position));
            for (var i = 0; i < parts.Length; i++)
            {
                _shapes.Declare(equation.Targets[i], VariableRole.Value, Shape.Vector(parts[i]), equation.Position);
            }

            _shapes.Equate(parts.Aggregate((a, b) => a + b), shape.Last, equation.Value, "the parts have {0} elements together, but what is split has {1}");
            return;
        }

        var name = equation.Targets[0];
        if (shape.IsShared)
        {
            throw new EquationException($"'{name}' depends on no input and no state.", equation.Position);
        }

        if (Scope.TryGet(name, out var state) && state.Role == VariableRole.State)
        {
            if (!_shapes.WrittenStates.Add(name))
            {
                throw new EquationException($"{name}' has two equations.", equation.Position);
            }

            // A number is given to every element.
            if (!shape.IsScalar)
            {
                _shapes.Equate(state.Shape.Last, shape.Last, equation.Value, $"the state '{name}' has {{0}} elements, but its equation gives {{1}}");
            }

            return;
        }

        _shapes.Declare(name, VariableRole.Value, shape, equation.Position);
    }

    private void RequireUsed()
    {
        foreach (var state in _cell.States.Where(state => !_shapes.WrittenStates.Contains(state.Name)))
        {
            throw new EquationException($"The state '{state.Name}' has no equation {state.Name}' = …", state.Position);
        }

        foreach (var variable in Scope.Variables.Where(variable => variable.Role is VariableRole.Weight or VariableRole.Value && !_shapes.Used.Contains(variable.Name)))
        {
            throw new EquationException($"'{variable.Name}' is never used.", PositionOf(variable.Name));
        }
    }

    /// <summary>Where a name is declared, or stands first.</summary>
    public SourcePosition PositionOf(string name)
    {
        return _cell.States.FirstOrDefault(state => state.Name == name)?.Position
            ?? _cell.Equations.FirstOrDefault(equation => equation.Targets.Contains(name))?.Position
            ?? _cell.Weights.FirstOrDefault(weight => weight.Name == name)?.Position
            ?? _cell.Equations.SelectMany(equation => equation.Value.Parts().OfType<Reference>().Where(reference => reference.Name == name).Select(reference => _cell.Map.PositionOf(reference, equation.Position))).FirstOrDefault(_cell.End);
    }
}
