namespace Sluice.Resources;

/// <summary>metav1.Condition without lastTransitionTime, which only the writer knows.</summary>
public sealed record Condition(string Type, bool Status, string Reason, string Message, long ObservedGeneration);
