using Sluice.Conformance.Data;

namespace Sluice.Conformance.Traffic;

/// <summary>Compares an answer with a case's expectations. Null when they agree, else the first thing that differs.</summary>
internal static class AnswerRules
{
    public const string NotRequested = "the gateway asked for no client certificate";

    public static string? Compare(HttpAnswer answer, HttpRequest request, CaseData item)
    {
        var expected = item.Expect;
        if (!expected.Status!.Accepts(answer.Status))
            return $"status {answer.Status}, expected {expected.Status}";
        if (expected.ClientCertMustBeRequested && request.Tls is not { CertificateWasRequested: true })
            return NotRequested;
        if (expected.Redirect is { } redirect)
            return RedirectRules.Compare(answer.Headers["Location"], request, redirect);
        if (answer.Status is not (200 or 204))
            return null;
        if (expected.NotForwardedToBackend)
        {
            if (answer.Seen is { } seen)
                return $"pod {seen.Pod} answered, expected the gateway itself";
        }
        else if (BackendDiffers(answer, request, item) is { } problem)
        {
            return problem;
        }
        return ResponseFieldsDiffer(answer.Headers, expected);
    }

    /// <summary>Which pod answered: its namespace equal, its name beginning as expected.</summary>
    public static string? PodDiffers(SeenRequest seen, ExpectData expected)
    {
        if (expected.Namespace is { } space && seen.Namespace != space)
            return $"pod {seen.Namespace}/{seen.Pod} answered, expected one of namespace {space}";
        return expected.Backend is { } backend && !seen.Pod.StartsWith(backend, StringComparison.Ordinal)
            ? $"pod {seen.Namespace}/{seen.Pod} answered, expected {backend}"
            : null;
    }

    /// <summary>Fields as the backend saw them: those expected with exactly these values, the others absent.</summary>
    public static string? FieldsDiffer(FieldList seen, IReadOnlyDictionary<string, string> expected, IReadOnlyList<string> absent)
    {
        foreach (var (name, value) in expected)
        {
            if (seen[name] != value)
                return $"the backend saw {name}: {Quote(seen[name])}, expected {Quote(value)}";
        }
        return absent.FirstOrDefault(name => seen[name] is not null) is { } present ? $"the backend saw {present}: {Quote(seen[present])}, expected none" : null;
    }

    /// <summary>The server name that the backend was asked for, when one is expected.</summary>
    public static string? ServerNameDiffers(SeenRequest seen, ExpectData expected) =>
        expected.BackendRequest?.BackendTlsSni is { } name && seen.ServerName != name ? $"the backend was asked for the server name {Quote(seen.ServerName)}, expected {Quote(name)}" : null;

    private static string? BackendDiffers(HttpAnswer answer, HttpRequest request, CaseData item)
    {
        var expected = item.Expect;
        if (answer.Seen is not { } seen)
            return "the body is not the echo of a backend";
        var path = expected.BackendRequest?.Path ?? request.Path;
        if (seen.Path != path)
            return $"the backend saw path {Quote(seen.Path)}, expected {Quote(path)}";
        if (seen.Method != request.Method)
            return $"the backend saw method {seen.Method}, expected {request.Method}";
        var host = expected.BackendRequest is { } asSeen ? asSeen.Host : item.Request.Host;
        if (host is not null && seen.Host != host)
            return $"the backend saw Host {Quote(seen.Host)}, expected {Quote(host)}";
        return PodDiffers(seen, expected)
            ?? ServerNameDiffers(seen, expected)
            ?? FieldsDiffer(seen.Headers, expected.BackendRequest?.Headers ?? item.Request.Headers, expected.BackendRequest?.AbsentHeaders ?? []);
    }

    private static string? ResponseFieldsDiffer(FieldList fields, ExpectData expected)
    {
        foreach (var (name, value) in expected.ResponseHeaders)
        {
            if (!Same(fields[name], value, expected.IgnoreWhitespaceInHeaderValues))
                return $"response field {name}: {Quote(fields[name])}, expected {Quote(value)}";
        }
        foreach (var (name, values) in expected.ResponseHeadersOneOf)
        {
            if (!values.Any(value => Same(fields[name], value, expected.IgnoreWhitespaceInHeaderValues)))
                return $"response field {name}: {Quote(fields[name])}, expected {string.Join(" or ", values.Select(Quote))}";
        }
        return expected.AbsentResponseHeaders.FirstOrDefault(name => fields[name] is not null) is { } present
            ? $"response field {present}: {Quote(fields[present])}, expected none"
            : null;
    }

    private static bool Same(string? found, string expected, bool ignoreWhitespace) => ignoreWhitespace
        ? found?.Replace(" ", "", StringComparison.Ordinal) == expected.Replace(" ", "", StringComparison.Ordinal)
        : found == expected;

    private static string Quote(string? text) => text is null ? "none" : $"\"{text}\"";
}
