using Sluice.Conformance.Data;

namespace Sluice.Conformance.Traffic;

/// <summary>Compares what backends below HTTP said with a case's expectations. Null when they agree.</summary>
internal static class StreamRules
{
    public static string? Compare(LineAnswer answer, ExpectData expected)
    {
        if (expected.WelcomeLine is { } welcome && answer.Welcome != welcome)
            return $"the greeting was \"{answer.Welcome}\", expected \"{welcome}\"";
        if ((expected.IsTLS ?? expected.BackendIsTLS) is { } isTls && answer.IsTls != isTls)
            return $"the backend was reached {(answer.IsTls ? "over TLS" : "without TLS")}, expected {(isTls ? "TLS" : "none")}";
        if (expected.BackendSNI is { } name && answer.ServerName != name)
            return $"the backend was asked for the server name \"{answer.ServerName}\", expected \"{name}\"";
        return Pod(answer.Namespace, answer.Pod, expected);
    }

    /// <param name="answer">What came.</param>
    /// <param name="payload">What was sent, which the backend must have received byte for byte.</param>
    /// <param name="expected">What is expected.</param>
    public static string? Compare(DatagramAnswer answer, string payload, ExpectData expected)
    {
        if (answer.Request != payload)
            return $"the backend received \"{answer.Request}\", expected \"{payload}\"";
        if (expected.JsonService is { } service && answer.Service != service)
            return $"a pod of Service {answer.Service} answered, expected {service}";
        if (expected.JsonNamespace is { } space && answer.Namespace != space)
            return $"a pod of namespace {answer.Namespace} answered, expected {space}";
        return Pod(answer.Namespace, answer.Pod, expected);
    }

    private static string? Pod(string space, string pod, ExpectData expected)
    {
        if (expected.Namespace is { } wanted && space != wanted)
            return $"pod {space}/{pod} answered, expected one of namespace {wanted}";
        return expected.Backend is { } backend && !pod.StartsWith(backend, StringComparison.Ordinal) ? $"pod {space}/{pod} answered, expected {backend}" : null;
    }
}
