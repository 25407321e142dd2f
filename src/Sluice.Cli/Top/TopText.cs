using System.Globalization;
using Sluice.Cli.Output;

namespace Sluice.Cli.Top;

/// <summary>The table of <c>sluice top</c> under a line that sums it up.</summary>
internal static class TopText
{
    /// <param name="rates">What to show.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="maxRows">How many rows there is room for.</param>
    public static void Write(TopRates rates, Terminal terminal, int maxRows = int.MaxValue)
    {
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rates.RequestsPerSecond:0.0} requests/s, {rates.ErrorsPerSecond:0.0} answered with 5xx, {rates.Rows.Sum(row => row.Active)} active, over {rates.Seconds:0.0} s"));
        if (rates.Rows.Count > 0)
        {
            var table = new TextTable("ROUTE", "RULE", "GATEWAY", "LISTENER", "REQ/S", "5XX/S", "P50", "P99", "IN/S", "OUT/S", "RETRIES/S", "ACTIVE");
            foreach (var row in rates.Rows.Take(maxRows))
                Add(table, row);
            terminal.WriteLine();
            table.Write(terminal);
        }

        if (rates.Rows.Count > maxRows)
            terminal.WriteLine($"… and {rates.Rows.Count - maxRows} more");
        if (rates.IdleRules > 0)
            terminal.WriteLine(terminal.Paint($"{Count.Of(rates.IdleRules, "rule")} had requests before, and none now", Style.Faint));
    }

    private static void Add(TextTable table, TopRow row) => table.Add(
        row.Route,
        row.Rule,
        row.Gateway,
        row.Listener,
        Rate(row.RequestsPerSecond),
        new TableCell(Rate(row.ErrorsPerSecond), row.ErrorsPerSecond > 0 ? Style.Red : null),
        Duration(row.P50Milliseconds),
        Duration(row.P99Milliseconds),
        Bytes(row.ReceivedBytesPerSecond),
        Bytes(row.SentBytesPerSecond),
        Rate(row.RetriesPerSecond),
        row.Active.ToString(CultureInfo.InvariantCulture));

    private static string Rate(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Duration(double? milliseconds) => milliseconds switch
    {
        null => "-",
        < 10 and var few => string.Create(CultureInfo.InvariantCulture, $"{few:0.0}ms"),
        < 1_000 and var some => string.Create(CultureInfo.InvariantCulture, $"{some:0}ms"),
        var many => string.Create(CultureInfo.InvariantCulture, $"{many / 1_000:0.0}s"),
    };

    private static string Bytes(double bytes) => bytes switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{bytes:0}B"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0}kB"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0}MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0}GB"),
    };
}
