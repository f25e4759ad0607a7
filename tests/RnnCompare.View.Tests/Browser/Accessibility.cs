using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace RnnCompare.View.Tests.Browser;

/// <summary>Judges pages by axe's rules for people who cannot see, or use no mouse.</summary>
internal static class Accessibility
{
    public static async Task RequireNothingSerious(OpenPage page)
    {
        // Only of violations does it list every node.
        var result = await page.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var serious = result.Violations.Where(violation => violation.Impact is "serious" or "critical");
        Assert.Empty(serious.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        Assert.True(result.Passes.Length > 10, "axe has looked at the page");
    }
}
