package engine

import "resiltui/internal/engine/policy"

// Policy is the settings of the stack around one sensor; see policy.Policy.
type Policy = policy.Policy
