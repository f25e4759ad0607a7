using System.CommandLine;
using RnnCompare.Cli.Display;
using RnnCompare.Equations.Printing;
using RnnCompare.Experiments;
using RnnCompare.Models;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare equations</c>.</summary>
internal sealed class EquationsCommand : Command, IExplainedCommand
{
    private readonly Argument<string> _cell = new("CELL") { Description = "A cell's name, or a file of equations." };
    private readonly Option<string> _format = new("--format") { Description = "text, latex, python or csharp.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
    private readonly Option<string> _loss = new("--loss") { Description = "cross-entropy or squared-error.", HelpName = "LOSS", DefaultValueFactory = _ => "cross-entropy" };
    private readonly TextWriter _writer;

    private EquationsCommand(TextWriter writer)
        : base("equations", "Prints the equations of a cell with the backward pass that follows from them.")
    {
        _writer = writer;
        Add(_cell);
        Add(_format);
        Add(_loss);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        A file holds one step of a cell, for example

          cell gru-reset-before
          state h
          r  = sigmoid(x·Wxr + h·Whr + br)
          z  = sigmoid(x·Wxz + h·Whz + bz)
          n  = tanh(x·Wxn + (r ⊙ h)·Whn + bn)
          h' = (1 - z) ⊙ n + z ⊙ h

        or in plain letters, x @ Wxr and r * h. docs/equations.md has the whole language; experiments/cells has cells to begin with.

        Examples:
          rnncompare equations lstm
          rnncompare equations experiments/cells/peephole-lstm.cell --format python
        """;

    public static EquationsCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var cell = CellFile.Read(parsed.GetRequiredValue(_cell));
        var loss = parsed.GetRequiredValue(_loss) switch
        {
            "cross-entropy" => LossKind.CrossEntropy,
            "squared-error" => LossKind.SquaredError,
            var other => throw new InputException($"--loss is {other}, expected cross-entropy or squared-error."),
        };
        _writer.Write(parsed.GetRequiredValue(_format) switch
        {
            "text" => ProgramText.Print(cell, loss, new Screen(_writer).Width),
            "latex" => LatexText.Print(cell, loss),
            "python" => PythonText.Print(cell, loss),
            "csharp" => CSharpText.Print(cell, loss),
            var other => throw new InputException($"--format is {other}, expected text, latex, python or csharp."),
        });
        return ExitCodes.Success;
    }
}
