using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Writes what is asked of a rule's requests before they are forwarded. Authentication is in AuthenticationWriter.</summary>
internal static class RequestPolicyWriter
{
    public static void Write(Utf8JsonWriter writer, RequestPolicies? policies, Secrets secrets)
    {
        if (policies is null)
            return;
        writer.WriteStartObject("policies");
        Write(writer, policies.FaultInjection);
        AuthenticationWriter.Write(writer, policies.Jwt);
        AuthenticationWriter.Write(writer, policies.BasicAuth, secrets);
        AuthenticationWriter.Write(writer, policies.ApiKey, secrets);
        Write(writer, policies.Rbac);
        Write(writer, policies.Acl);
        Write(writer, policies.LocalRateLimits);
        Write(writer, policies.Csrf);
        if (policies.Buffer is { } buffer)
        {
            writer.WriteStartObject("buffer");
            writer.WriteNumber("maxRequestBytes", buffer.MaxRequestBytes);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>A member that is left out when there is no text.</summary>
    public static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    private static void Write(Utf8JsonWriter writer, FaultInjectionPolicy? fault)
    {
        if (fault is null)
            return;
        writer.WriteStartObject("faultInjection");
        if (fault.Delay is { } delay)
        {
            writer.WriteStartObject("delay");
            PolicyWriter.Write(writer, "fixedDelay", delay.FixedDelay);
            writer.WriteNumber("percentage", delay.Percentage);
            writer.WriteEndObject();
        }
        if (fault.Abort is { } abort)
        {
            writer.WriteStartObject("abort");
            if (abort.HttpStatus is { } http)
                writer.WriteNumber("httpStatus", http);
            if (abort.GrpcStatus is { } grpc)
                writer.WriteNumber("grpcStatus", grpc);
            writer.WriteNumber("percentage", abort.Percentage);
            writer.WriteEndObject();
        }
        if (fault.ResponseRateLimit is { } limit)
        {
            writer.WriteStartObject("responseRateLimit");
            writer.WriteNumber("kbitsPerSecond", limit.KbitsPerSecond);
            writer.WriteNumber("percentage", limit.Percentage);
            writer.WriteEndObject();
        }
        if (fault.MaxActiveFaults is { } most)
            writer.WriteNumber("maxActiveFaults", most);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RbacPolicy? rbac)
    {
        if (rbac is null)
            return;
        writer.WriteStartObject("rbac");
        writer.WriteString("action", rbac.Action.ToString());
        PolicyWriter.Write(writer, "expressions", rbac.Expressions);
        if (rbac.MatchAll)
            writer.WriteBoolean("matchAll", true);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AclPolicy? acl)
    {
        if (acl is null)
            return;
        writer.WriteStartObject("acl");
        writer.WriteString("defaultAction", acl.DefaultAction.ToString());
        if (acl.Rules.Count > 0)
        {
            writer.WriteStartArray("rules");
            foreach (var rule in acl.Rules)
            {
                writer.WriteStartObject();
                WriteText(writer, "name", rule.Name);
                PolicyWriter.Write(writer, "cidrs", rule.Cidrs);
                writer.WriteString("action", rule.Action.ToString());
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteNumber("denyStatusCode", acl.DenyStatusCode);
        if (acl.DenyHeaders.Count > 0)
        {
            writer.WriteStartArray("denyHeaders");
            foreach (var header in acl.DenyHeaders)
            {
                writer.WriteStartObject();
                writer.WriteString("name", header.Name);
                writer.WriteString("value", header.Value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        WriteText(writer, "blockedByHeaderName", acl.BlockedByHeaderName);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<LocalRateLimitPolicy> limits)
    {
        if (limits.Count == 0)
            return;
        writer.WriteStartArray("localRateLimits");
        foreach (var limit in limits)
        {
            writer.WriteStartObject();
            writer.WriteString("bucket", limit.Bucket);
            writer.WriteNumber("maxTokens", limit.MaxTokens);
            writer.WriteNumber("tokensPerFill", limit.TokensPerFill);
            PolicyWriter.Write(writer, "fillInterval", limit.FillInterval);
            writer.WriteNumber("percentEnabled", limit.PercentEnabled);
            writer.WriteNumber("percentEnforced", limit.PercentEnforced);
            if (limit.SendHeaders)
                writer.WriteBoolean("sendHeaders", true);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CsrfPolicy? csrf)
    {
        if (csrf is null)
            return;
        writer.WriteStartObject("csrf");
        writer.WriteNumber("percentageEnabled", csrf.PercentageEnabled);
        writer.WriteNumber("percentageShadowed", csrf.PercentageShadowed);
        if (csrf.AdditionalOrigins.Count > 0)
        {
            writer.WriteStartArray("additionalOrigins");
            foreach (var origin in csrf.AdditionalOrigins)
            {
                writer.WriteStartObject();
                writer.WriteString("type", origin.Type.ToString());
                writer.WriteString("value", origin.Value);
                if (origin.IgnoreCase)
                    writer.WriteBoolean("ignoreCase", true);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
