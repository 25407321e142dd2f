using System.Globalization;
using System.Text.Json;

namespace Sluice.Cli.Tests.Monitoring;

/// <summary>Asks a Prometheus.</summary>
internal sealed class PrometheusQueries(Uri server) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };

    /// <summary>The numbers that a query gives now; those that are none (0 / 0) left out.</summary>
    public async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, double Value)>> QueryAsync(string expression)
    {
        using var body = new FormUrlEncodedContent([new("query", expression)]);
        using var response = await _client.PostAsync("/api/v1/query", body, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{expression}\n{text}");
        using var json = JsonDocument.Parse(text);
        var data = json.RootElement.GetProperty("data");
        if (data.GetProperty("resultType").GetString() != "vector")
            return [(new Dictionary<string, string>(), Number(data.GetProperty("result")))];
        return
        [
            .. data.GetProperty("result").EnumerateArray()
                .Select(sample => ((IReadOnlyDictionary<string, string>)Labels(sample.GetProperty("metric")), Number(sample.GetProperty("value"))))
                .Where(sample => !double.IsNaN(sample.Item2)),
        ];
    }

    /// <summary>What Grafana's label_values gives: values of a label of the series that a selector matches.</summary>
    public async Task<IReadOnlyList<string>> LabelValuesAsync(string selector, string label)
    {
        var text = await _client.GetStringAsync(new Uri($"/api/v1/series?match[]={Uri.EscapeDataString(selector)}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(Labels).Where(labels => labels.ContainsKey(label)).Select(labels => labels[label]).Distinct().Order(StringComparer.Ordinal)];
    }

    public void Dispose() => _client.Dispose();

    private static Dictionary<string, string> Labels(JsonElement metric) => metric.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!);

    private static double Number(JsonElement pair) => pair[1].GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var number => double.Parse(number!, CultureInfo.InvariantCulture),
    };
}
