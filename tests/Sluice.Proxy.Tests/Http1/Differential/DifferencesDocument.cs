using System.Text;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>A page of differences as text: generated from the table, the peers' readings and the notes on each class.</summary>
internal sealed class DifferencesDocument(DifferencesPage page)
{
    private const string Agrees = "=";

    private readonly Dictionary<(string Case, string Peer), string> _cells = [];

    /// <summary>Version of each peer, by its name, in the order of the columns.</summary>
    public Dictionary<string, string> Versions { get; } = [];

    public static DifferencesDocument Load(DifferencesPage page)
    {
        var document = new DifferencesDocument(page);
        string[] peers = [];
        foreach (var line in File.ReadLines(page.FilePath))
        {
            var cells = line.Replace("\\|", "\u0001", StringComparison.Ordinal).Split(" | ").Select(cell => cell.Trim('|', ' ').Replace("\u0001", "\\|", StringComparison.Ordinal)).ToArray();
            if (cells is ["Message", _, "Sluice", .. var names, _])
            {
                peers = [.. names.Select(name => name.Split(' ')[0])];
                foreach (var name in names)
                    document.Versions[name.Split(' ')[0]] = name.Split(' ')[1];
            }
            else if (cells.Length == 4 + peers.Length && peers.Length > 0 && cells[0].Contains('/', StringComparison.Ordinal))
            {
                for (var i = 0; i < peers.Length; i++)
                    document[cells[0], peers[i]] = cells[3 + i] == Agrees ? null : cells[3 + i];
            }
        }
        return document;
    }

    /// <summary>How the peer reads the case; null when it agrees.</summary>
    public string? this[string oddity, string peer]
    {
        get => _cells.GetValueOrDefault((oddity, peer));
        set
        {
            if (value is null)
                _cells.Remove((oddity, peer));
            else
                _cells[(oddity, peer)] = value;
        }
    }

    public string Write()
    {
        var text = new StringBuilder(page.Introduction);
        foreach (var group in page.Rows.GroupBy(row => row.Name.Split('/')[0]))
        {
            var rows = group.Where(row => Versions.Keys.Any(peer => this[row.Name, peer] is not null)).ToArray();
            text.Append($"\n## {char.ToUpperInvariant(group.Key[0])}{group.Key[1..].Replace('-', ' ')}\n\n{page.Notes(group.Key)}\n");
            text.Append($"\nMessages: {group.Count()}, read alike by all: {group.Count() - rows.Length}.\n");
            if (rows.Length == 0)
                continue;
            text.Append($"\n| Message | RFC | Sluice | {string.Join(" | ", Versions.Select(peer => $"{peer.Key} {peer.Value}"))} | Why Sluice does so |\n");
            text.Append($"|{string.Concat(Enumerable.Repeat(" --- |", 4 + Versions.Count))}\n");
            foreach (var row in rows)
            {
                var cells = Versions.Keys.Select(peer => this[row.Name, peer] ?? Agrees);
                text.Append($"| {row.Name} | {row.Section} | {row.BySluice} | {string.Join(" | ", cells)} | {row.Why.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }
        return text.ToString();
    }
}
