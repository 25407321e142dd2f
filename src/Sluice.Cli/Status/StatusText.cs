using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Controller.Reports;

namespace Sluice.Cli.Status;

/// <summary>The tables of <c>sluice status</c>, then every problem in words.</summary>
internal static class StatusText
{
    private static readonly string[] GoodWhenFalse = ["Conflicted", "PartiallyInvalid", "InsecureFrontendValidationMode"];

    public static void Write(StatusReport report, Terminal terminal)
    {
        if (report.Gateways.Count == 0 && report.Routes.Count == 0)
            terminal.WriteLine("There are no Gateways of ours and no routes to them.");
        WriteGateways(report, terminal);
        WriteListenerSets(report, terminal);
        WriteListeners(report, terminal);
        WriteRoutes(report, terminal);
        WritePolicies(report, terminal);
        WriteProblems(report, terminal);
    }

    private static void WriteGateways(StatusReport report, Terminal terminal)
    {
        var table = new TextTable("GATEWAY", "CLASS", "ADDRESSES", "ACCEPTED", "PROGRAMMED");
        foreach (var gateway in report.Gateways)
            table.Add($"{gateway.Namespace}/{gateway.Name}", gateway.GatewayClass, string.Join(",", gateway.Addresses.Select(address => address.Value)), Cell(gateway.Conditions, "Accepted"), Cell(gateway.Conditions, "Programmed"));
        WriteSection(table, terminal);
    }

    private static void WriteListenerSets(StatusReport report, Terminal terminal)
    {
        var table = new TextTable("LISTENERSET", "GATEWAY", "ACCEPTED", "PROGRAMMED");
        foreach (var set in report.ListenerSets)
            table.Add($"{set.Namespace}/{set.Name}", set.Gateway, Cell(set.Conditions, "Accepted"), Cell(set.Conditions, "Programmed"));
        WriteSection(table, terminal);
    }

    private static void WriteListeners(StatusReport report, Terminal terminal)
    {
        var table = new TextTable("LISTENER", "PROTOCOL", "PORT", "HOSTNAME", "ROUTES", "ACCEPTED", "PROGRAMMED", "RESOLVEDREFS");
        foreach (var gateway in report.Gateways)
        {
            foreach (var listener in gateway.Listeners)
                AddListener(table, $"{gateway.Namespace}/{gateway.Name}", listener);
        }
        foreach (var set in report.ListenerSets)
        {
            foreach (var listener in set.Listeners)
                AddListener(table, $"{set.Namespace}/{set.Name}", listener);
        }
        WriteSection(table, terminal);
    }

    private static void AddListener(TextTable table, string owner, ListenerReport listener) => table.Add(
        $"{owner}/{listener.Name}",
        listener.Protocol,
        listener.BoundPort == listener.Port ? Text(listener.Port) : $"{listener.Port}→{listener.BoundPort}",
        listener.Hostname,
        Text(listener.AttachedRoutes),
        Cell(listener.Conditions, "Accepted"),
        Cell(listener.Conditions, "Programmed"),
        Cell(listener.Conditions, "ResolvedRefs"));

    private static void WriteRoutes(StatusReport report, Terminal terminal)
    {
        var table = new TextTable("ROUTE", "HOSTNAMES", "RULES", "PARENT", "ACCEPTED", "RESOLVEDREFS");
        foreach (var route in report.Routes)
        {
            foreach (var parent in route.Parents)
            {
                table.Add(
                    $"{route.Kind} {route.Namespace}/{route.Name}",
                    route.Hostnames.Count == 0 ? "*" : string.Join(",", route.Hostnames),
                    Text(route.Rules),
                    ParentName(parent),
                    Cell(parent.Conditions, "Accepted"),
                    Cell(parent.Conditions, "ResolvedRefs"));
            }
        }
        WriteSection(table, terminal);
    }

    private static void WritePolicies(StatusReport report, Terminal terminal)
    {
        var table = new TextTable("POLICY", "SERVICES", "GATEWAY", "ACCEPTED", "RESOLVEDREFS");
        foreach (var policy in report.Policies)
        {
            foreach (var ancestor in policy.Ancestors)
            {
                table.Add(
                    $"{policy.Kind} {policy.Namespace}/{policy.Name}",
                    string.Join(",", policy.Targets),
                    $"{ancestor.Namespace}/{ancestor.Name}",
                    Cell(ancestor.Conditions, "Accepted"),
                    Cell(ancestor.Conditions, "ResolvedRefs"));
            }
        }
        WriteSection(table, terminal);
    }

    private static void WriteProblems(StatusReport report, Terminal terminal)
    {
        foreach (var finding in report.Diagnostics.Where(finding => finding.Severity != "info"))
            terminal.WriteLine(finding.ToString());
        foreach (var notice in report.Notices.Where(notice => notice.Severity != "info"))
            terminal.WriteLine($"{Place(notice.Source)}{notice.Severity}: {notice.Subject}: {notice.Message}");
        foreach (var gateway in report.Gateways)
        {
            Explain($"Gateway {gateway.Namespace}/{gateway.Name}", gateway.Source, gateway.Conditions, terminal);
            foreach (var listener in gateway.Listeners)
                Explain($"Gateway {gateway.Namespace}/{gateway.Name}, listener {listener.Name}", gateway.Source, listener.Conditions, terminal);
        }
        foreach (var set in report.ListenerSets)
        {
            Explain($"ListenerSet {set.Namespace}/{set.Name}", set.Source, set.Conditions, terminal);
            foreach (var listener in set.Listeners)
                Explain($"ListenerSet {set.Namespace}/{set.Name}, listener {listener.Name}", set.Source, listener.Conditions, terminal);
        }
        foreach (var route in report.Routes)
        {
            foreach (var parent in route.Parents)
                Explain($"{route.Kind} {route.Namespace}/{route.Name}, parent {ParentName(parent)}", route.Source, parent.Conditions, terminal);
        }
        foreach (var policy in report.Policies)
        {
            foreach (var ancestor in policy.Ancestors)
                Explain($"{policy.Kind} {policy.Namespace}/{policy.Name}, Gateway {ancestor.Namespace}/{ancestor.Name}", policy.Source, ancestor.Conditions, terminal);
        }
    }

    private static void Explain(string subject, string? source, IReadOnlyList<ConditionReport> conditions, Terminal terminal)
    {
        foreach (var condition in conditions.Where(condition => !IsGood(condition) && !IsPending(condition)))
            terminal.WriteLine($"{Place(source)}{subject}: {condition.Type}={condition.Status} ({condition.Reason}): {condition.Message}");
    }

    private static void WriteSection(TextTable table, Terminal terminal)
    {
        if (table.IsEmpty)
            return;
        table.Write(terminal);
        terminal.WriteLine();
    }

    private static TableCell Cell(IReadOnlyList<ConditionReport> conditions, string type)
    {
        var condition = conditions.FirstOrDefault(condition => condition.Type == type);
        if (condition is null)
            return "-";
        if (IsGood(condition))
            return new TableCell(condition.Status, Style.Green);
        return IsPending(condition) ? new TableCell("Pending", Style.Faint) : new TableCell($"{condition.Status} ({condition.Reason})", Style.Red);
    }

    private static bool IsGood(ConditionReport condition) => condition.IsTrue != GoodWhenFalse.Contains(condition.Type);

    private static bool IsPending(ConditionReport condition) => condition is { Type: "Programmed", Reason: "Pending" };

    private static string ParentName(RouteParentReport parent) =>
        $"{(parent.Kind == "Gateway" ? "" : $"{parent.Kind} ")}{parent.Namespace}/{parent.Name}{(parent.SectionName is null ? "" : $"/{parent.SectionName}")}{(parent.Port is { } port ? $":{Text(port)}" : "")}";

    private static string Place(string? source) => source is null ? "" : $"{source}: ";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
