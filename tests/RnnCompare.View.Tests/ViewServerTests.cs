using System.Net;
using System.Text.Json;
using RnnCompare.Experiments;

namespace RnnCompare.View.Tests;

/// <summary>What the server answers and refuses.</summary>
public sealed class ViewServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Host", "example.org", "Refused: Host is 'example.org', expected 127.0.0.1:")]
    [InlineData("Host", "127.0.0.1", "Refused: Host is '127.0.0.1', expected 127.0.0.1:")]
    [InlineData("Origin", "https://example.org", "Refused: Origin is 'https://example.org', expected http://127.0.0.1:")]
    [InlineData("Origin", "null", "Refused: Origin is 'null', expected http://127.0.0.1:")]
    public async Task ForeignRequests_AreRefused(string header, string value, string message)
    {
        await using var server = await Started();
        foreach (var address in new[] { "", "api/runs", "run/sample" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Address + address);
            request.Headers.Add(header, value);
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.StartsWith(message, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OwnRequests_AreAnswered()
    {
        await using var server = await Started();
        Assert.StartsWith("http://127.0.0.1:", server.Address, StringComparison.Ordinal);
        foreach (var address in new[] { server.Address, server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address + "api/runs");
            request.Headers.Add("Origin", address.TrimEnd('/'));
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("run/..%2f..%2fetc%2fpasswd")]
    [InlineData("run/../sample/config.json")]
    [InlineData("run/sample/config.json")]
    public async Task OnlyRuns_CanBeNamed(string address)
    {
        await using var server = await Started();
        using var response = await _client.GetAsync(server.Address + address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task List_HasEveryRunWithItsConfigAndResults_AlsoDamagedOnes()
    {
        SampleRun.Write(Path.Combine(_folder.Path, "newer"));
        File.WriteAllText(Path.Combine(_folder.Path, "newer", "summary.json"), "{ \"format\": 99 }");
        await using var server = await Started();
        using var list = JsonDocument.Parse(await _client.GetStringAsync(server.Address + "api/runs", TestContext.Current.CancellationToken));
        var runs = list.RootElement.GetProperty("runs");
        Assert.Equal(["newer", "sample"], runs.EnumerateArray().Select(run => run.GetProperty("id").GetString()));
        Assert.Contains("newer version of this program (format 99; this one reads up to 1)", runs[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        var keys = list.RootElement.GetProperty("keys").EnumerateArray().ToDictionary(key => key.GetProperty("name").GetString()!, key => key.TryGetProperty("shared", out var shared) ? shared.GetString() : null);
        Assert.Equal("7", keys["hiddenSize"]);
        Assert.Equal(71, Value("autograd.loss").GetDouble());
        Assert.Equal(2.75, Value("fused.test").GetDouble());
        Assert.Equal("completed", Value("state").GetString());

        JsonElement Value(string name)
        {
            var index = list.RootElement.GetProperty("results").EnumerateArray().ToList().FindIndex(key => key.GetString() == name);
            return runs[1].GetProperty("results")[index];
        }
    }

    [Fact]
    public async Task List_SeesWhatHasChanged()
    {
        await using var server = await Started();
        await _client.GetStringAsync(server.Address + "api/runs", TestContext.Current.CancellationToken);
        SampleRun.Write(Path.Combine(_folder.Path, "sample"), 20, ("hiddenSize", 1234));
        Directory.Move(Path.Combine(_folder.Path, "sample"), Path.Combine(_folder.Path, "moved"));
        var list = await _client.GetStringAsync(server.Address + "api/runs", TestContext.Current.CancellationToken);
        Assert.Contains("1234", list, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":\"sample\"", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedRun_IsNamedAndDoesNotHideOthers()
    {
        SampleRun.Write(Path.Combine(_folder.Path, "damaged"));
        File.AppendAllText(Path.Combine(_folder.Path, "damaged", "metrics.csv"), "201,manual,many,,,,,,,\n");
        await using var server = await Started();
        const string Problem = "metrics.csv, line 602: loss is 'many', expected a number.";
        using var overlay = JsonDocument.Parse(await _client.GetStringAsync(server.Address + "api/overlay?run=damaged&run=sample&run=nowhere", TestContext.Current.CancellationToken));
        Assert.EndsWith(Problem, overlay.RootElement.GetProperty("more").GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(3, overlay.RootElement.GetProperty("charts")[0].GetProperty("series").GetArrayLength());
        using var report = await _client.GetAsync(server.Address + "run/damaged", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, report.StatusCode);
        Assert.Contains(WebUtility.HtmlEncode(Problem), await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LateListener_HearsWhatHappenedBefore()
    {
        await using var server = await Started();
        await using var stream = await _client.GetStreamAsync(server.Address + "live/run/sample", TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        using var message = JsonDocument.Parse(line!["data: ".Length..]);
        Assert.True(message.RootElement.GetProperty("finished").GetBoolean());
        Assert.Contains("All 200 steps were made.", message.RootElement.GetProperty("answers").GetProperty("loss").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeServed_IsRefusedInALine()
    {
        var none = await Assert.ThrowsAsync<InputException>(() => ViewServer.StartAsync(Path.Combine(_folder.Path, "none")));
        Assert.EndsWith("none: there is no such folder.", none.Message, StringComparison.Ordinal);
        var empty = await Assert.ThrowsAsync<InputException>(() => ViewServer.StartAsync(_folder.Path));
        Assert.EndsWith(": there is no run in it or below; rnncompare run makes one.", empty.Message, StringComparison.Ordinal);
        await using var server = await Started();
        var port = new Uri(server.Address).Port;
        var taken = await Assert.ThrowsAsync<InputException>(() => ViewServer.StartAsync(_folder.Path, port));
        Assert.Equal($"--port {port}: cannot listen on 127.0.0.1:{port}, because the port is in use; give another, or none for a free one.", taken.Message);
    }

    private async Task<ViewServer> Started()
    {
        SampleRun.Write(Path.Combine(_folder.Path, "sample"));
        return await ViewServer.StartAsync(_folder.Path);
    }
}
