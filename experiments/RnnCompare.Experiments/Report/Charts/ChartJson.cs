using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnCompare.Experiments.Report.Charts;

/// <summary>Charts as JSON, as the page's script reads them: long curves thinned, and null for what is not a finite number.</summary>
public static class ChartJson
{
    /// <summary>The most points of a curve: a wide screen has fewer columns.</summary>
    public const int MostPoints = 4000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // The default encoder escapes <, > and &, so that no text can end the element that holds the data.
        Encoder = JavaScriptEncoder.Default,
        Converters = { new FiniteNumbers() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The charts as a JSON list.</summary>
    public static string Write(IEnumerable<Chart> charts)
    {
        ArgumentNullException.ThrowIfNull(charts);
        return JsonSerializer.Serialize<IEnumerable<Chart>>([.. charts.Select(Thinned)], Options);
    }

    private static Chart Thinned(Chart chart) => chart is LinesChart lines ? lines with { Series = [.. lines.Series.Select(series => Thinning.Thin(series, MostPoints))] } : chart;

    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
