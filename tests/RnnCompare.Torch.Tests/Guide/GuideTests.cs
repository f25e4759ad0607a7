using RnnCompare.Tests.Shared;

namespace RnnCompare.Torch.Tests.Guide;

public class GuideTests
{
    [Fact]
    public void TenLines_StandInTheReadmeAndPrintWhatItSays()
    {
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        var source = File.ReadAllText(Path.Combine(Checkout.Root, "tests", "RnnCompare.Torch.Tests", "Guide", "TenLines.cs"));
        var lines = source.Split('\n');
        var begin = Array.FindIndex(lines, line => line.Contains("README: begin", StringComparison.Ordinal));
        var end = Array.FindIndex(lines, line => line.Contains("README: end", StringComparison.Ordinal));
        var code = string.Join('\n', lines[(begin + 1)..end].Select(line => line.Length == 0 ? line : line[8..])).Replace("output.", "Console.", StringComparison.Ordinal);
        Assert.Contains("```csharp\n" + code + "\n```", readme, StringComparison.Ordinal);

        using var output = new StringWriter { NewLine = "\n" };
        TenLines.Run(output);
        Assert.Contains("```text\n" + output + "```", readme, StringComparison.Ordinal);
    }
}
