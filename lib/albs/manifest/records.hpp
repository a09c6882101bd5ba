// SPDX-License-Identifier: GPL-3.0-or-later
// All records of a manifest. albs-manifest(5) is their specification.
#pragma once
#include "albs/manifest/artifact.hpp"
#include "albs/manifest/checkpoint_record.hpp"
#include "albs/manifest/comparison.hpp"
#include "albs/manifest/erratum.hpp"
#include "albs/manifest/form_record.hpp"
#include "albs/manifest/ledger_record.hpp"
#include "albs/manifest/module.hpp"
#include "albs/manifest/module_build.hpp"
#include "albs/manifest/notarization.hpp"
#include "albs/manifest/release.hpp"
#include "albs/manifest/reproduction.hpp"
#include "albs/manifest/signature.hpp"
#include "albs/manifest/source.hpp"
#include "albs/manifest/stage_record.hpp"
#include "albs/manifest/task.hpp"
#include "albs/manifest/test_result.hpp"
