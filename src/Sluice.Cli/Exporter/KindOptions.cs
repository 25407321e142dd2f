using System.CommandLine;
using Sluice.Exporter.Families;

namespace Sluice.Cli.Exporter;

/// <summary>Which kinds are shown: <c>--kinds</c>, <c>--exclude</c>, <c>--kuadrant</c>.</summary>
internal sealed class KindOptions
{
    private readonly Option<string[]> _kinds = new("--kinds") { HelpName = "KIND,...", Description = "Show only these kinds, such as Gateway,HTTPRoute. Repeatable. Default: all kinds of the Gateway API." };
    private readonly Option<string[]> _exclude = new("--exclude") { HelpName = "KIND,...", Description = "Leave these kinds out. Repeatable." };
    private readonly Option<bool> _kuadrant = new("--kuadrant") { Description = "Show the kinds of Kuadrant too: its policies, DNSRecords and DNSHealthCheckProbes." };

    public void AddTo(Command command)
    {
        command.Add(_kinds);
        command.Add(_exclude);
        command.Add(_kuadrant);
        foreach (var option in (Option<string[]>[])[_kinds, _exclude])
        {
            option.Validators.Add(result =>
            {
                foreach (var name in result.Tokens.SelectMany(token => Split(token.Value)).Where(name => StateKinds.Find(name) is null))
                    result.AddError($"{option.Name}: \"{name}\" is none of {string.Join(", ", StateKinds.All.Select(kind => kind.Kind))}.");
            });
        }
    }

    /// <exception cref="UserErrorException">No kind is left.</exception>
    public IReadOnlyList<StateKind> Read(ParseResult parsed)
    {
        var chosen = Find(parsed, _kinds);
        if (chosen.Count == 0)
            chosen = [.. StateKinds.GatewayApi];
        if (parsed.GetValue(_kuadrant))
            chosen.UnionWith(StateKinds.Kuadrant);
        chosen.ExceptWith(Find(parsed, _exclude));
        return chosen.Count > 0
            ? [.. StateKinds.All.Where(chosen.Contains)]
            : throw new UserErrorException("--exclude leaves no kind to show", ExitCode.InvalidUsage);
    }

    private static HashSet<StateKind> Find(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).SelectMany(Split).Select(name => StateKinds.Find(name)!)];

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
