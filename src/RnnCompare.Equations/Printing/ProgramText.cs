using System.Text;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations.Printing;

/// <summary>Prints a cell with both of its passes as text: side by side where the width allows it, otherwise one below the other.</summary>
public static class ProgramText
{
    private const string Gap = "    ";

    /// <summary>The text, with a line break after every line.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="loss">The loss behind the read-out.</param>
    /// <param name="width">The columns of the screen.</param>
    public static string Print(CellEquations cell, LossKind loss, int width)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var readOut = cell.LossProgram(loss);
        List<string> forward = ["forward, t = 1 … T", .. Aligned([.. cell.Step.Forward, .. readOut.Forward])];
        List<string> backward = ["backward, t = T … 1", .. Aligned([.. readOut.Backward, .. cell.Step.Backward])];
        var text = new StringBuilder();
        foreach (var line in Heading(cell).SelectMany(line => Wrapped(line, width)))
        {
            text.AppendLine(line);
        }

        text.AppendLine();
        var left = forward.Max(line => line.Length);
        if (left + Gap.Length + backward.Max(line => line.Length) <= width)
        {
            for (var i = 0; i < Math.Max(forward.Count, backward.Count); i++)
            {
                text.AppendLine((forward.ElementAtOrDefault(i, "").PadRight(left) + Gap + backward.ElementAtOrDefault(i, "")).TrimEnd());
            }
        }
        else
        {
            text.AppendJoin(Environment.NewLine, [.. forward, "", .. backward]).AppendLine();
        }

        text.AppendLine();
        foreach (var line in Remarks(cell, loss).SelectMany(line => Wrapped(line, width)))
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Heading(CellEquations cell)
    {
        yield return cell.Source.Length > 0 ? $"{cell.Name}: {cell.Source}" : cell.Name;
        yield return $"input x (I); state{(cell.States.Count > 1 ? "s" : "")} {string.Join(", ", cell.States.Select(state => $"{state.Name} ({state.Length})"))}";
        yield return "weights " + string.Join(", ", cell.Weights.GroupBy(weight => weight.Shape).Select(group => string.Join(", ", group.Select(weight => weight.Name)) + $" {(group.Key.IsScalar ? "()" : group.Key)}"));
        foreach (var size in cell.Sizes)
        {
            yield return $"{size.Letter} = {size.Of}{(size.Divisor > 1 ? $"/{size.Divisor}" : "")}";
        }
    }

    private static IEnumerable<string> Remarks(CellEquations cell, LossKind loss)
    {
        var names = cell.States.Select(state => state.Name).ToList();
        var functions = cell.Step.Forward.Where(statement => statement.Value is Apply { Argument: not Reference }).Select(statement => "d" + statement.Name).ToList();
        yield return "Rows are sequences of the batch; " + (loss == LossKind.CrossEntropy ? "target is one-hot; " : "") + "lossWeight is 1 for a sum and 1/N for a mean over N outputs.";
        yield return string.Join(", ", names.Select(name => $"d{name}Next")) + $" {(names.Count > 1 ? "are" : "is")} 0 at the last step; before the first {(names.Count > 1 ? "they are" : "it is")} {string.Join(", ", names.Select(name => $"d{name}0"))}.";
        if (functions.Count > 0)
        {
            yield return $"{string.Join(", ", functions)}: the adjoint{(functions.Count > 1 ? "s" : "")} of what the function is applied to.";
        }
    }

    private static IEnumerable<string> Aligned(IReadOnlyList<Statement> statements)
    {
        var width = statements.Max(statement => statement.Target.ToString().Length);
        return statements.Select(statement => $"{statement.Target.ToString().PadRight(width)} {(statement.Adds ? "+=" : statements.Any(other => other.Adds) ? " =" : "=")} {statement.Value}");
    }

    private static IEnumerable<string> Wrapped(string line, int width)
    {
        while (line.Length > width && line.LastIndexOf(' ', width) is > 8 and var end)
        {
            yield return line[..end];
            line = "  " + line[(end + 1)..];
        }

        yield return line;
    }

    private static string ElementAtOrDefault(this List<string> lines, int index, string otherwise) => index < lines.Count ? lines[index] : otherwise;
}
