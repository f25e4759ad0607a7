using System.Globalization;
using System.Security;
using System.Text;

namespace RnnCompare.Experiments.Report.Export;

/// <summary>An SVG picture of a chart: its frame, and what is drawn into it.</summary>
internal sealed class SvgPicture
{
    /// <summary>The width in pixels.</summary>
    public const int Width = 720;

    /// <summary>The left end of the plot.</summary>
    public const int Left = 90;

    /// <summary>The right end.</summary>
    public const int Right = Width - 20;

    /// <summary>The upper end.</summary>
    public const int Top = 40;

    private const int LegendLine = 18;

    // Okabe & Ito 2008: told apart by people who are colour-blind.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    private readonly StringBuilder _text = new();
    private readonly int _plotHeight;
    private int _legendLines;

    /// <summary>Begins a picture.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="plotHeight">The height of the plot.</param>
    public SvgPicture(string title, int plotHeight)
    {
        _plotHeight = plotHeight;
        Text(Left, 24, title, "start", "font-size=\"15\"");
    }

    /// <summary>The lower end of the plot.</summary>
    public int Bottom => Top + _plotHeight;

    /// <summary>The colour of a number; none for what others are held against.</summary>
    public static string Colour(int number) => Colours[number % Colours.Length];

    /// <summary>Draws the frame, both axes and their labels.</summary>
    public void Frame(SvgAxis? x, SvgAxis? y, string xLabel, string yLabel)
    {
        Add($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Right - Left}\" height=\"{_plotHeight}\" fill=\"none\" stroke=\"#444\"/>");
        foreach (var (value, label) in x?.Ticks() ?? [])
        {
            Add($"<line x1=\"{x!.At(value):0.##}\" x2=\"{x.At(value):0.##}\" y1=\"{Bottom}\" y2=\"{Bottom + 5}\" stroke=\"#444\"/>");
            Text(x.At(value), Bottom + 18, label, "middle");
        }

        foreach (var (value, label) in y?.Ticks() ?? [])
        {
            Add($"<line x1=\"{Left - 5}\" x2=\"{Left}\" y1=\"{y!.At(value):0.##}\" y2=\"{y.At(value):0.##}\" stroke=\"#444\"/>");
            Text(Left - 8, y.At(value) + 4, label, "end");
        }

        Text((Left + Right) / 2.0, Bottom + 36, xLabel, "middle");
        Text(16, Top + (_plotHeight / 2.0), yLabel, "middle", string.Create(CultureInfo.InvariantCulture, $"transform=\"rotate(-90 16 {Top + (_plotHeight / 2.0)})\""));
    }

    /// <summary>Adds an entry below the plot.</summary>
    public void Legend(string name, string colour, bool dashed = false)
    {
        var y = Bottom + 58 + (LegendLine * _legendLines++);
        Add($"<line x1=\"{Left}\" x2=\"{Left + 28}\" y1=\"{y - 4}\" y2=\"{y - 4}\" stroke=\"{colour}\" stroke-width=\"2\"{(dashed ? " stroke-dasharray=\"5 4\"" : "")}/>");
        Text(Left + 36, y, name, "start");
    }

    /// <summary>Adds a text.</summary>
    public void Text(double x, double y, string text, string anchor, string more = "")
    {
        Add($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" {more}>{SecurityElement.Escape(text)}</text>");
    }

    /// <summary>Adds an element; numbers in it are written with points.</summary>
    public void Add(FormattableString element) => _text.Append("  ").Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>The file's text.</summary>
    public override string ToString()
    {
        var height = Bottom + 58 + (LegendLine * _legendLines);
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n"
            + $"  <rect width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/>\n{_text}</svg>\n";
    }
}
