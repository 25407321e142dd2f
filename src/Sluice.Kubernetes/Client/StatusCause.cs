namespace Sluice.Kubernetes.Client;

/// <summary>One of the things that are wrong with a request, as the server tells it.</summary>
/// <param name="Field">"spec.listeners[0].port"; "" when it is about no field.</param>
/// <param name="Reason">"FieldValueInvalid"; "" when the server does not say.</param>
/// <param name="Message">For people.</param>
public sealed record StatusCause(string Field, string Reason, string Message);
